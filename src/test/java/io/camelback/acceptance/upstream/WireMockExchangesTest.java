package io.camelback.acceptance.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import io.camelback.json.Json;
import io.camelback.server.GatewayServer;
import io.camelback.testkit.RunningGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Single exchanges with a server we did not write: what exactly goes out to each provider, and its faults on the wire.
 */
class WireMockExchangesTest {
    private static final String OPENAI = """
            {"id": "c", "object": "chat.completion", "created": 1, "model": "gpt",
             "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}]}""";
    private static final String ANTHROPIC = """
            {"id": "m", "type": "message", "role": "assistant", "model": "claude", "content": [{"type": "text", "text": "Hello"}],
             "stop_reason": "end_turn", "usage": {"input_tokens": 1, "output_tokens": 1}}""";
    private static final String GEMINI = """
            {"candidates": [{"content": {"role": "model", "parts": [{"text": "Hello"}]}, "finishReason": "STOP", "index": 0}]}""";
    private static final String RESPONSES = """
            {"id": "resp_1", "object": "response", "created_at": 1, "status": "completed", "model": "gpt", "output": [{
             "type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
             "content": [{"type": "output_text", "text": "Hello", "annotations": []}]}],
             "usage": {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2}}""";
    private static final String RESPONSE_STREAM = """
            event: response.created
            data: {"type": "response.created", "sequence_number": 0, "response": {"id": "resp_1", "status": "in_progress"}}

            event: response.output_item.added
            data: {"type": "response.output_item.added", "sequence_number": 1, "output_index": 0,
            data:  "item": {"type": "message", "id": "msg_1", "role": "assistant", "status": "in_progress", "content": []}}

            event: response.output_text.delta
            data: {"type": "response.output_text.delta", "sequence_number": 2, "item_id": "msg_1", "output_index": 0,
            data:  "content_index": 0, "delta": "Hello"}

            event: response.completed
            data: {"type": "response.completed", "sequence_number": 3, "response": %s}

            """.formatted(RESPONSES.replace("\n", ""));
    private static final String MESSAGES = "/v1/messages";
    private static final String COMPLETIONS = "/v1/chat/completions";

    @TempDir
    static Path home;

    private static WireMockServer provider;
    private static GatewayServer gateway;

    @BeforeAll
    static void start() throws Exception {
        provider = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
        provider.start();
        RunningGateway.copyHome(home);
        String url = "http://127.0.0.1:" + provider.port();
        Map<String, String> environment = Map.of(
                "OPENAI_BASE_URL",
                url + "/v1",
                "OPENAI_API_KEY",
                "key-o",
                "ANTHROPIC_BASE_URL",
                url,
                "ANTHROPIC_API_KEY",
                "key-a",
                "GEMINI_BASE_URL",
                url,
                "GEMINI_API_KEY",
                "key-g");
        gateway = GatewayServer.start(home, "127.0.0.1", 0, 0, environment::get);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.stop();
    }

    @BeforeEach
    void reset() {
        provider.resetAll();
    }

    static Stream<Arguments> providers() {
        String stream = "/v1beta/models/gemini-4-argon:streamGenerateContent?alt=sse";
        return Stream.of(
                Arguments.of(
                        "gpt",
                        COMPLETIONS,
                        OPENAI,
                        postRequestedFor(urlEqualTo(COMPLETIONS))
                                .withHeader("Authorization", equalTo("Bearer key-o"))
                                .withRequestBody(matchingJsonPath("$.model", equalTo("gpt-6-sol")))
                                .withRequestBody(matchingJsonPath("$.messages[0].content", equalTo("hi")))
                                .withRequestBody(matchingJsonPath("$.stream_options.include_usage", equalTo("true")))),
                Arguments.of(
                        "gpt-responses",
                        "/v1/responses",
                        RESPONSES,
                        postRequestedFor(urlEqualTo("/v1/responses"))
                                .withHeader("Authorization", equalTo("Bearer key-o"))
                                .withRequestBody(matchingJsonPath("$.store", equalTo("false")))
                                .withRequestBody(matchingJsonPath("$.input[0].role", equalTo("user")))),
                Arguments.of(
                        "claude-opus",
                        MESSAGES,
                        ANTHROPIC,
                        postRequestedFor(urlEqualTo(MESSAGES))
                                .withHeader("x-api-key", equalTo("key-a"))
                                .withHeader("anthropic-version", equalTo("2023-06-01"))
                                .withHeader("Authorization", absent())
                                .withRequestBody(matchingJsonPath("$.max_tokens", equalTo("128000")))),
                Arguments.of(
                        "gemini-pro",
                        stream,
                        GEMINI,
                        postRequestedFor(urlEqualTo(stream))
                                .withHeader("x-goog-api-key", equalTo("key-g"))
                                .withHeader("Authorization", absent())
                                .withRequestBody(matchingJsonPath("$.contents[0].parts[0].text", equalTo("hi")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("providers")
    void the_provider_gets_its_own_words_and_one_credential(
            String model, String path, String answer, RequestPatternBuilder expected) throws Exception {
        provider.stubFor(post(urlEqualTo(path)).willReturn(okJson(answer).withHeader("Set-Cookie", "a=b")));

        HttpResponse<String> response = ask(model);

        assertThat(RunningGateway.text(response)).isEqualTo("Hello");
        assertThat(response.headers().firstValue("set-cookie")).isEmpty();
        provider.verify(
                1,
                expected.withHeader("Content-Type", equalTo("application/json"))
                        .withHeader("x-secret", absent())
                        .withHeader("Cookie", absent()));
    }

    @ParameterizedTest(name = "streamed to the caller: {0}")
    @ValueSource(booleans = {false, true})
    void a_stream_of_the_responses_interface_reaches_a_caller_of_chat_completions(boolean stream) throws Exception {
        provider.stubFor(post(urlEqualTo("/v1/responses"))
                .willReturn(aResponse()
                        .withStatus(200)
                        .withHeader("Content-Type", "text/event-stream")
                        .withBody(RESPONSE_STREAM)));

        HttpResponse<String> response = ask("gpt-responses", stream);

        assertThat(RunningGateway.text(response)).isEqualTo("Hello");
        assertThat(response.headers().firstValue("x-camelback-model")).contains("gpt-responses");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Fault.class)
    void a_fault_on_the_wire_goes_to_the_next_link(Fault fault) throws Exception {
        provider.stubFor(post(urlEqualTo(MESSAGES)).willReturn(aResponse().withFault(fault)));
        provider.stubFor(post(urlEqualTo(COMPLETIONS)).willReturn(okJson(OPENAI)));

        HttpResponse<String> response = ask("premium");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-camelback-model")).contains("gpt");
        assertThat(Json.read(response.body()).at("/choices/0/message/content").asText())
                .isEqualTo("Hello");
    }

    private static HttpResponse<String> ask(String model) throws Exception {
        return ask(model, false);
    }

    private static HttpResponse<String> ask(String model, boolean stream) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + COMPLETIONS))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer the-callers")
                .header("x-secret", "x")
                .header("Cookie", "c=d")
                .POST(HttpRequest.BodyPublishers.ofString(RunningGateway.chat(model, stream)))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
