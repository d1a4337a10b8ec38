package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawHttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is run again under the same Idempotency-Key, and what is not. */
class IdempotentRetryTest extends IdempotencyTestBase {
    static Stream<Arguments> passing() {
        return Stream.of(false, true)
                .flatMap(stream -> Stream.of(
                        Arguments.of("500", stream, SimulatedFault.status(500), 502),
                        Arguments.of("503", stream, SimulatedFault.status(503), 503),
                        Arguments.of("529", stream, SimulatedFault.status(529), 503),
                        Arguments.of("429", stream, SimulatedFault.status(429).header("Retry-After", "30"), 429),
                        Arguments.of("reset", stream, SimulatedFault.resetBeforeHeaders(), 502)));
    }

    @ParameterizedTest(name = "{0}, streaming {1}")
    @MethodSource("passing")
    void K20_what_may_go_well_another_time_is_run_another_time(
            String name, boolean stream, SimulatedFault fault, int status) throws Exception {
        drill.script("claude-haiku").then(fault);
        HttpResponse<String> failed = drill.ask("claude-haiku", stream, "Idempotency-Key", key);
        drill.gateway()
                .vitals
                .cooldowns()
                .all()
                .keySet()
                .forEach(drill.gateway().vitals.cooldowns()::clear);

        HttpResponse<String> retried = drill.ask("claude-haiku", stream, "Idempotency-Key", key);

        assertThat(failed.statusCode()).isEqualTo(status);
        assertThat(retried.statusCode()).isEqualTo(200);
        assertThat(header(retried, "x-camelback-idempotent-replay")).isNull();
        assertThat(header(drill.ask("claude-haiku", stream, "Idempotency-Key", key), "x-camelback-idempotent-replay"))
                .isEqualTo("true");
        assertThat(drill.asked("claude-haiku")).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}, streaming {1}")
    @CsvSource({"400, false", "400, true", "413, false", "422, true"})
    void K20_an_error_that_is_the_request_s_own_fault_is_told_again(int status, boolean stream) throws Exception {
        drill.script("gpt").then(SimulatedFault.status(status));

        HttpResponse<String> first = drill.ask("gpt", stream, "Idempotency-Key", key);
        HttpResponse<String> again = drill.ask("gpt", stream, "Idempotency-Key", key);

        assertThat(first.statusCode()).isBetween(400, 422);
        assertThat(again.statusCode()).isEqualTo(first.statusCode());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(header(again, "x-camelback-idempotent-replay")).isEqualTo("true");
        assertThat(header(again, "x-should-retry")).isEqualTo("false");
        assertThat(drill.asked("gpt")).isEqualTo(1);
    }

    @Test
    void K20_what_the_endpoint_refuses_uses_up_no_key() throws Exception {
        assertThat(drill.gateway()
                        .post(CHAT, "{\"model\":\"gpt\"}", "Idempotency-Key", key)
                        .statusCode())
                .isEqualTo(400);
        assertThat(drill.ask("no-such-model", false, "Idempotency-Key", key).statusCode())
                .isEqualTo(404);

        assertThat(drill.ask("gpt", false, "Idempotency-Key", key).statusCode()).isEqualTo(200);
    }

    @Test
    void K20_a_stream_that_broke_is_not_told_again_but_run() throws Exception {
        drill.script("gpt").then(SimulatedFault.resetAfter(2));
        HttpResponse<String> broken = drill.ask("gpt", true, "Idempotency-Key", key);

        HttpResponse<String> whole = drill.ask("gpt", true, "Idempotency-Key", key);

        assertThat(broken.body()).contains("stream_interrupted").doesNotContain("[DONE]");
        assertThat(whole.body()).contains("[DONE]");
        assertThat(header(whole, "x-camelback-idempotent-replay")).isNull();
        assertThat(drill.asked("gpt")).isEqualTo(2);
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void K20_a_caller_who_leaves_ends_the_request_and_its_next_try_is_run(boolean stream) throws Exception {
        drill.provider("gpt").answer(SimulatedCompletion.words(6));
        drill.script("gpt").then(SimulatedFault.stallAfter(stream ? 2 : 0));
        RawHttpClient caller = RawHttpClient.chat(drill.gateway(), "gpt", stream, "Idempotency-Key", key);
        try (caller) {
            GatewayTestCase.soon("gpt to be asked").until(() -> drill.asked("gpt") == 1);
            List<RecordedRequest> all = drill.provider("gpt").received();
            assertThat(all.get(all.size() - 1).awaitTokens(stream ? 2 : 0, GatewayTestCase.SOON))
                    .isTrue();
            assertThat(drill.ask("gpt", stream, "Idempotency-Key", key).statusCode())
                    .isEqualTo(409);
        }
        drill.awaitLog("gpt -> 499");

        GatewayTestCase.soon("the key to be free")
                .untilAsserted(() -> assertThat(
                                drill.ask("gpt", stream, "Idempotency-Key", key).statusCode())
                        .isEqualTo(200));

        assertThat(drill.asked("gpt")).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"streamed, true", "whole, false"})
    void K20_an_answer_too_long_to_keep_is_neither_told_again_nor_paid_again(String name, boolean stream)
            throws Exception {
        drill.script("gpt").always(SimulatedFault.ok(SimulatedCompletion.text("word ".repeat(20_000))));
        assertThat(drill.ask("gpt", stream, "Idempotency-Key", key).body()).contains("word");

        HttpResponse<String> again = drill.ask("gpt", stream, "Idempotency-Key", key);

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(Json.read(again.body()).at("/error/code").asText()).isEqualTo("idempotency_answer_not_kept");
        assertThat(header(again, "x-should-retry")).isEqualTo("false");
        assertThat(drill.asked("gpt")).isEqualTo(1);
    }

    @Test
    void K20_an_answer_in_a_model_s_place_is_not_the_last_word() throws Exception {
        List<String> all = List.copyOf(drill.gateway()
                .standalone
                .gateway()
                .serving()
                .loaded()
                .config()
                .deployments()
                .keySet());
        drill.coolDown(all);
        HttpResponse<String> sorry = drill.ask("premium", false, "Idempotency-Key", key);
        assertThat(header(sorry, "x-camelback-degraded")).isEqualTo("static");
        all.forEach(drill.gateway().vitals.cooldowns()::clear);

        HttpResponse<String> answer = drill.ask("premium", false, "Idempotency-Key", key);

        assertThat(header(answer, "x-camelback-model")).isEqualTo("claude-opus");
    }

    @Test
    void K20_a_simpler_model_s_answer_is_an_answer() throws Exception {
        drill.coolDown(List.of("claude-opus", "gpt", "gemini-pro"));
        HttpResponse<String> first = drill.ask("premium", true, "Idempotency-Key", key);

        HttpResponse<String> again = drill.ask("premium", true, "Idempotency-Key", key);

        assertThat(header(first, "x-camelback-degraded")).isEqualTo("reduced");
        assertThat(header(again, "x-camelback-degraded")).isEqualTo("reduced");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(drill.askedAny()).isEqualTo(1);
    }
}
