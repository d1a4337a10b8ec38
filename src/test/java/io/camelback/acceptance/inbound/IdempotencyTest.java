package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.chat;
import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.json.Json;
import io.camelback.ledger.Ledger;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RawHttpResponse;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with an Idempotency-Key at a running gateway: one is run, the others get its answer. */
class IdempotencyTest extends IdempotencyTestBase {
    /** A request in each dialect, streamed where there is such a thing. */
    private enum Ask {
        OPENAI(CHAT, chat("claude-opus", false), "claude-opus"),
        OPENAI_STREAM(CHAT, chat("claude-opus", true), "claude-opus"),
        ANTHROPIC("/v1/messages", messages(false), "gpt"),
        ANTHROPIC_STREAM("/v1/messages", messages(true), "gpt"),
        RESPONSES("/v1/responses", "{\"model\":\"gpt\",\"input\":\"hi\"}", "gpt"),
        RESPONSES_STREAM("/v1/responses", "{\"model\":\"gpt\",\"stream\":true,\"input\":\"hi\"}", "gpt"),
        GEMINI("/v1beta/models/gpt:generateContent", contents(), "gpt"),
        GEMINI_STREAM("/v1beta/models/gpt:streamGenerateContent?alt=sse", contents(), "gpt"),
        GEMINI_ARRAY("/v1beta/models/gpt:streamGenerateContent", contents(), "gpt"),
        EMBEDDINGS("/v1/embeddings", "{\"model\":\"embed-small\",\"input\":\"hi\"}", "embed-small"),
        GEMINI_EMBEDDINGS(
                "/v1beta/models/embed-small:embedContent",
                "{\"content\":{\"parts\":[{\"text\":\"hi\"}]}}",
                "embed-small");

        private final String path;
        private final String body;
        private final String deployment;

        Ask(String path, String body, String deployment) {
            this.path = path;
            this.body = body;
            this.deployment = deployment;
        }

        HttpResponse<String> send(String key) throws Exception {
            return drill.gateway().post(path, body, "Idempotency-Key", key);
        }

        private static String messages(boolean stream) {
            return "{\"model\":\"gpt\",\"max_tokens\":50,\"stream\":" + stream
                    + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        }

        private static String contents() {
            return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void K20_what_was_answered_is_answered_again_and_nobody_is_asked(Ask ask) throws Exception {
        HttpResponse<String> first = ask.send(key);
        HttpResponse<String> again = ask.send(key);
        HttpResponse<String> third = ask.send(key);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(header(first, "x-camelback-idempotent-replay")).isNull();
        for (HttpResponse<String> replay : List.of(again, third)) {
            assertThat(replay.statusCode()).isEqualTo(200);
            assertThat(replay.body()).isEqualTo(first.body());
            for (String same : List.of("content-type", "x-camelback-chain", "x-camelback-model")) {
                assertThat(header(replay, same)).as(same).isNotNull().isEqualTo(header(first, same));
            }
            assertThat(header(replay, "x-camelback-idempotent-replay")).isEqualTo("true");
            assertThat(header(replay, "x-camelback-original-request-id"))
                    .isEqualTo(header(first, "x-camelback-request-id"));
            assertThat(header(replay, "x-camelback-request-id")).isNotEqualTo(header(first, "x-camelback-request-id"));
            assertThat(header(replay, "x-camelback-attempts")).isEqualTo("0");
            assertThat(header(replay, "x-camelback-cost-usd")).isEqualTo("0.000000");
        }
        assertThat(drill.asked(ask.deployment)).isEqualTo(1);
        assertThat(drill.askedAny()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void K20_the_same_key_with_another_body_is_422_in_the_caller_s_dialect(Ask ask) throws Exception {
        ask.send(key);

        HttpResponse<String> other =
                drill.gateway().post(ask.path, ask.body.replace("hi", "ho"), "Idempotency-Key", key);

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(Json.read(other.body()).at("/error/message").asText())
                .contains("Idempotency-Key", "another request");
        assertThat(header(other, "x-should-retry")).isEqualTo("false");
        assertThat(ask.send(key).statusCode()).isEqualTo(200);
        assertThat(drill.askedAny()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void K20_while_the_first_is_under_way_the_second_is_409_and_told_when_to_come_again(Ask ask) throws Exception {
        drill.script(ask.deployment).then(SimulatedFault.slowHeaders(Duration.ofMillis(600)));
        CompletableFuture<HttpResponse<String>> first = drill.gateway()
                .client()
                .sendAsync(
                        drill.gateway().request(ask.path, ask.body, "Idempotency-Key", key),
                        HttpResponse.BodyHandlers.ofString());
        GatewayTestCase.soon("the first to be under way").until(() -> drill.asked(ask.deployment) == 1);

        HttpResponse<String> second = ask.send(key);

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(Json.read(second.body()).at("/error/message").asText()).contains("still being answered");
        assertThat(header(second, "Retry-After")).isEqualTo("1");
        assertThat(header(second, "x-should-retry")).isNull();
        assertThat(drill.gateway()
                        .post(ask.path, ask.body.replace("hi", "ho"), "Idempotency-Key", key)
                        .statusCode())
                .isEqualTo(422);
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(ask.send(key).body()).isEqualTo(first.get().body());
        assertThat(drill.askedAny()).isEqualTo(1);
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void K20_of_two_hundred_at_once_one_is_run(boolean stream) throws Exception {
        drill.script("gpt-mini").then(SimulatedFault.slowHeaders(Duration.ofMillis(800)));
        List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(drill.gateway()
                    .client()
                    .sendAsync(
                            drill.gateway().request(CHAT, chat("gpt-mini", stream), "Idempotency-Key", key),
                            HttpResponse.BodyHandlers.ofString()));
        }

        List<HttpResponse<String>> responses =
                all.stream().map(CompletableFuture::join).toList();

        assertThat(drill.askedAny()).isEqualTo(1);
        assertThat(responses)
                .allSatisfy(response -> assertThat(response.statusCode()).isIn(200, 409));
        assertThat(responses.stream()
                        .filter(response -> response.statusCode() == 200
                                && header(response, "x-camelback-idempotent-replay") == null))
                .hasSize(1);
        assertThat(responses.stream()
                        .filter(response -> response.statusCode() == 200)
                        .map(HttpResponse::body)
                        .distinct())
                .hasSize(1);
        assertThat(responses.stream().filter(response -> response.statusCode() == 409))
                .isNotEmpty();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("empty", new String[] {"Idempotency-Key", ""}),
                Arguments.of("blank", new String[] {"Idempotency-Key", "   "}),
                Arguments.of("256 characters", new String[] {"Idempotency-Key", "k".repeat(256)}),
                Arguments.of("a tab inside", new String[] {"Idempotency-Key", "a\tb"}),
                Arguments.of("not ASCII", new String[] {"Idempotency-Key", "schl\u00fcssel"}),
                Arguments.of("twice", new String[] {"Idempotency-Key", "a", "Idempotency-Key", "b"}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void K20_a_key_that_is_none_is_400(String name, String[] headers) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            lines.add(headers[i] + ": " + headers[i + 1]);
        }

        RawHttpResponse response =
                RawHttpClient.post(drill.gateway().standalone.port(), CHAT, lines, chat("gpt", false));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("Idempotency-Key", "255").doesNotContain("kkk", "schl");
        assertThat(drill.askedAny()).isZero();
    }

    @ParameterizedTest(name = "{0} characters")
    @ValueSource(ints = {1, 255})
    void K20_a_key_may_be_as_long_as_that(int length) throws Exception {
        String own = length == 1 ? "%" : key + "x".repeat(length - key.length());

        assertThat(drill.ask("gpt", false, "Idempotency-Key", own).statusCode()).isEqualTo(200);
        assertThat(header(drill.ask("gpt", false, "Idempotency-Key", own), "x-camelback-idempotent-replay"))
                .isEqualTo("true");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "x-camelback-task, plan",
        "x-camelback-files, 4",
        "x-camelback-no-fallback, true",
        "x-camelback-commit, full"
    })
    void K20_a_header_that_bears_on_the_answer_makes_another_request(String name, String value) throws Exception {
        drill.ask("gpt", true, "Idempotency-Key", key);

        assertThat(drill.ask("gpt", true, "Idempotency-Key", key, name, value).statusCode())
                .isEqualTo(422);
        assertThat(drill.ask(
                                "gpt",
                                true,
                                "Idempotency-Key",
                                key,
                                "x-camelback-timeout-ms",
                                "4000",
                                "x-request-id",
                                "mine")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void K20_a_day_later_the_key_is_free() throws Exception {
        drill.ask("gpt", false, "Idempotency-Key", key);
        drill.gateway().clock.advance(Duration.ofHours(24).minusMillis(1));
        assertThat(header(drill.ask("gpt", false, "Idempotency-Key", key), "x-camelback-idempotent-replay"))
                .isEqualTo("true");

        drill.gateway().clock.advance(Duration.ofMillis(1));

        assertThat(drill.gateway()
                        .post(CHAT, chat("gpt", false).replace("hi", "ho"), "Idempotency-Key", key)
                        .statusCode())
                .isEqualTo(200);
        assertThat(drill.asked("gpt")).isEqualTo(2);
    }

    @Test
    void K20_the_ledger_and_the_log_tell_a_replay_from_a_request_and_neither_holds_the_key() throws Exception {
        Ledger ledger = drill.gateway().ledger();
        String id = header(
                drill.ask("gpt", false, "Idempotency-Key", key, "x-request-id", key + "-1"), "x-camelback-request-id");

        drill.ask("gpt", false, "Idempotency-Key", key, "x-request-id", "the-second-" + id);

        LedgerSamples.soon(() -> assertThat(LedgerSamples.text(
                        ledger,
                        "SELECT replay_of || ' ' || endpoint || ' ' || chain || ' ' || deployment || ' ' "
                                + "|| status FROM camelback_replay WHERE request_id = 'the-second-" + id + "'"))
                .isEqualTo(id + " openai gpt gpt 200"));
        assertThat(LedgerSamples.number(
                        ledger, "SELECT COUNT(*) FROM camelback_request WHERE request_id = 'the-second-" + id + "'"))
                .isZero();
        assertThat(LedgerSamples.number(
                        ledger, "SELECT COUNT(*) FROM camelback_reply WHERE request_key = '" + key + "'"))
                .isZero();
        drill.awaitLog("the-second-" + id + " gpt -> 200 gpt, the answer to " + id + " again");
        assertThat(drill.gateway()
                        .get(drill.gateway().management("/observe/metrics"))
                        .body())
                .contains("camelback_replays_total{endpoint=\"openai\"}");
    }

    @Test
    void K20_an_edit_of_the_files_forgets_no_key() throws Exception {
        HttpResponse<String> first = drill.ask("gpt", false, "Idempotency-Key", key);
        Path file = drill.gateway().home.resolve("routes/chains/premium.camel.yaml");
        int version = drill.gateway().standalone.gateway().version();
        Files.writeString(file, Files.readString(file) + "\n# edited\n");
        GatewayTestCase.soon("the next version")
                .until(() -> drill.gateway().standalone.gateway().version() > version);

        assertThat(drill.ask("gpt", false, "Idempotency-Key", key).body()).isEqualTo(first.body());
        assertThat(drill.asked("gpt")).isEqualTo(1);
    }
}
