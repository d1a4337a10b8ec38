package io.camelback.acceptance.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.json.Json;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RawHttpResponse;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The traps of docs/wire-formats.md, section 9 about headers and requests beside the answer, which only the running
 * gateway can show.
 */
class HeaderTrapsTest extends GatewayTrapsTestBase {
    @ParameterizedTest(name = "{0}")
    @CsvSource({"claude-opus, x-api-key, sim-anthropic", "gpt, authorization, Bearer sim-openai"})
    void trap_44_headers_reach_only_whom_they_are_for(String deployment, String credential, String key)
            throws Exception {
        RawHttpResponse response = RawHttpClient.post(
                DRILL.gateway().standalone.port(),
                MESSAGES,
                List.of(
                        "Authorization: Bearer caller-secret",
                        "x-api-key: caller-secret",
                        "anthropic-beta: prompt-caching-2024-07-31",
                        "anthropic-version: 2023-06-01\"evil",
                        "X-Evil: evil",
                        "Accept-Encoding: br",
                        "TE: trailers",
                        "Expect: 100-continue"),
                message(deployment, ""));

        assertThat(response.status()).as(response.body()).isIn(100, 200);
        RecordedRequest received = last(deployment);
        assertThat(received.headers().get(credential)).containsExactly(key);
        assertThat(received.header("host")).startsWith("127.0.0.1:");
        assertThat(received.header("anthropic-beta"))
                .isEqualTo(deployment.equals("gpt") ? null : "prompt-caching-2024-07-31");
        assertThat(received.headers()).doesNotContainKeys("X-Evil", "x-evil", "TE", "te", "Expect", "expect");
        assertThat(received.headers().toString()).doesNotContain("caller-secret", "evil");
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"\u0000", "\u0001", "\u007f", "\u000b"})
    void trap_44_a_header_with_control_characters_is_no_header(String character) throws Exception {
        RawHttpResponse response = RawHttpClient.post(
                DRILL.gateway().standalone.port(),
                MESSAGES,
                List.of("anthropic-beta: a" + character + "x-api-key: evil"),
                message("claude-opus", ""));

        assertThat(response.status()).isEqualTo(400);
        assertThat(DRILL.askedAny()).isZero();
    }

    @ParameterizedTest(name = "{0}: both {1}")
    @CsvSource({"claude-opus, true", "gpt, false", "gemini-pro, false"})
    void trap_45_a_beta_and_its_field_go_together_or_not_at_all(String deployment, boolean both) throws Exception {
        HttpResponse<String> response = DRILL.gateway()
                .post(
                        MESSAGES,
                        message(deployment, "'context_management':{'edits':[{'type':'clear_tool_uses_20250919'}]},"),
                        "anthropic-beta",
                        "context-management-2025-06-27");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(last(deployment).json().has("context_management")).isEqualTo(both);
        assertThat("context-management-2025-06-27".equals(last(deployment).header("anthropic-beta")))
                .isEqualTo(both);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "HEAD, /, 200",
        "GET, /, 200",
        "GET, /v1/models, 200",
        "GET, /v1/models/premium, 200",
        "GET, /v1/models?beta=true, 200",
        "POST, /v1/messages, 200",
        "POST, /v1/messages?beta=true, 200",
        "POST, /v1/messages/count_tokens?beta=true, 200",
        "GET, /v1/messages, 405",
        "OPTIONS, /v1/messages, 405",
        "GET, //v1/models, 404",
        "GET, /v1/models/nobody, 404",
        "POST, /v1/nothing, 404"
    })
    void trap_49_what_clients_ask_beside_the_answer_has_an_answer(String method, String path, int status)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(DRILL.gateway().uri(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json");
        HttpRequest.BodyPublisher body = method.equals("POST")
                ? HttpRequest.BodyPublishers.ofString(message("premium", ""))
                : HttpRequest.BodyPublishers.noBody();

        HttpResponse<String> response =
                DRILL.gateway().client().send(request.method(method, body).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(status == 200 || Json.read(response.body()).path("error").hasNonNull("message"))
                .isTrue();
    }

    static Stream<Arguments> compressed() {
        return Stream.of(CHAT, MESSAGES, "/v1/responses", "/v1beta/models/premium:generateContent")
                .flatMap(path ->
                        Stream.of("gzip", "zstd", "br", "deflate").map(encoding -> Arguments.of(path, encoding)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("compressed")
    void trap_51_a_compressed_request_is_refused_in_the_endpoints_own_words_and_never_unpacked(
            String path, String encoding) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(DRILL.gateway().uri(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", encoding)
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0}))
                .build();

        HttpResponse<String> response = DRILL.gateway().client().send(request, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(Json.read(response.body()).at("/error/message").asText()).contains("uncompressed");
        assertThat(DRILL.askedAny()).isZero();
    }

    private static String message(String model, String fields) {
        return json(
                "{'model':'" + model + "','max_tokens':99," + fields + "'messages':[{'role':'user','content':'Hi'}]}");
    }
}
