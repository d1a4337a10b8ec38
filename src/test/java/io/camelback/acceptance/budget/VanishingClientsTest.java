package io.camelback.acceptance.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.attempt.AttemptResult;
import io.camelback.telemetry.record.RequestRecord;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.ScriptedBytesProvider;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a request is charged when its caller leaves, and that nothing goes on for nobody. DeepSeek sends what a test
 * says; Groq comes after it and is simulated; Mistral, the third, never takes a connection.
 * {@link io.camelback.acceptance.inbound.ClientDisconnectTest} has the dialects.
 */
class VanishingClientsTest extends VanishingClientsTestBase {
    @ParameterizedTest(name = "streamed: {0}, after the head: {1}")
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void B06_a_caller_who_leaves_before_the_first_token_pays_for_the_prompt(boolean stream, boolean head)
            throws Exception {
        PROVIDER.plays(talk -> {
            talk.write(head ? ScriptedBytesProvider.SSE_HEAD : "");
            assertThat(talk.awaitClosed()).isTrue();
        });
        ScriptedBytesProvider.Talk talk;
        long left;
        RawHttpClient caller = RawHttpClient.chat(DRILL.gateway(), "economy", stream);
        try (caller) {
            talk = PROVIDER.awaitTalk();
            left = System.nanoTime();
        }

        assertLeft(talk, left);
        AttemptResult attempt = onlyAttemptOfOneWhoLeft();
        assertThat(attempt.metering().usage().input())
                .as("a guess at the prompt")
                .isPositive();
        assertThat(attempt.metering().usage().output()).isZero();
        assertThat(attempt.metering().estimated()).isTrue();
        assertThat(attempt.possiblyBilled()).isTrue();
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {true, false})
    void B07_a_caller_who_leaves_after_20_tokens_pays_for_20(boolean stream) throws Exception {
        Semaphore written = new Semaphore(0);
        PROVIDER.plays(talk -> {
            talk.write(ScriptedBytesProvider.SSE_HEAD + ScriptedBytesProvider.role());
            for (int i = 0; i < 20; i++) {
                talk.write(ScriptedBytesProvider.event(" word"));
            }
            written.release();
            assertThat(talk.awaitClosed()).isTrue();
        });
        ScriptedBytesProvider.Talk talk;
        long left;
        RawHttpClient caller = RawHttpClient.chat(DRILL.gateway(), "economy", stream);
        try (caller) {
            talk = PROVIDER.awaitTalk();
            written.acquire();
            if (stream) {
                caller.readTimes(" word", 20);
            }
            left = System.nanoTime();
        }

        assertLeft(talk, left);
        AttemptResult attempt = onlyAttemptOfOneWhoLeft();
        assertThat(attempt.metering().usage().input()).isPositive();
        assertThat(attempt.metering().estimated()).isTrue();
        if (stream) {
            assertThat(attempt.metering().usage().output()).isEqualTo(20);
        }
    }

    /** A hundred times; the provider says what it used only when the caller has gone. */
    @Test
    void B08_a_caller_who_leaves_just_before_the_count_pays_what_is_counted() throws Exception {
        Semaphore gone = new Semaphore(0);
        PROVIDER.plays(talk -> {
            StringBuilder words = new StringBuilder(ScriptedBytesProvider.SSE_HEAD + ScriptedBytesProvider.role());
            words.append(ScriptedBytesProvider.event(" something long that is more than a token")
                    .repeat(50));
            talk.write(words + ScriptedBytesProvider.finish());
            gone.acquireUninterruptibly();
            talk.write(ScriptedBytesProvider.usage(123, 450) + "data: [DONE]\n\n");
        });
        for (int i = 0; i < 100; i++) {
            DRILL.forgetRecords();
            RawHttpClient caller = RawHttpClient.chat(DRILL.gateway(), "economy", true);
            caller.readTo("\"finish_reason\":\"stop\"");
            if (i % 2 == 0) {
                caller.close();
            } else {
                caller.breakOff();
            }
            gone.release();
            AttemptResult attempt = onlyAttempt();

            assertThat(attempt.metering().usage().output()).isGreaterThanOrEqualTo(450 * 95 / 100);
            assertThat(attempt.metering().usage().input()).isEqualTo(123);
            assertThat(attempt.metering().estimated()).isFalse();
            assertThat(attempt.possiblyBilled()).isFalse();
        }
    }

    @Test
    void B08_a_count_that_never_comes_is_not_waited_for() throws Exception {
        PROVIDER.plays(talk -> {
            talk.write(ScriptedBytesProvider.SSE_HEAD
                    + ScriptedBytesProvider.role()
                    + ScriptedBytesProvider.event(" word").repeat(40)
                    + ScriptedBytesProvider.finish());
            assertThat(talk.awaitClosed()).isTrue();
        });
        ScriptedBytesProvider.Talk talk;
        long left;
        try (RawHttpClient caller = RawHttpClient.chat(DRILL.gateway(), "economy", true)) {
            caller.readTo("\"finish_reason\":\"stop\"");
            talk = PROVIDER.awaitTalk();
            left = System.nanoTime();
        }

        assertLeft(talk, left);
        AttemptResult attempt = onlyAttempt();
        assertThat(attempt.metering().usage().output()).isGreaterThanOrEqualTo(40);
        assertThat(attempt.metering().estimated()).isTrue();
    }

    /** The first link fails, the second takes no connection; the caller leaves while it is being dialled. */
    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {true, false})
    void B09_a_link_that_is_being_connected_to_is_let_go(boolean stream) throws Exception {
        PROVIDER.plays(talk ->
                talk.write("HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"));
        DRILL.coolDown(List.of("groq-llama"));
        RawHttpClient caller = RawHttpClient.chat(DRILL.gateway(), "economy", stream);
        GatewayTestCase.soon("mistral's turn")
                .untilAsserted(() ->
                        assertThat(DRILL.gateway().vitals.inFlight().running()).containsEntry("mistral-small", 1));
        caller.close();

        GatewayTestCase.soon("nothing running")
                .untilAsserted(() ->
                        assertThat(DRILL.gateway().vitals.inFlight().running()).isEmpty());
        DRILL.awaitLog("economy -> 499", "deepseek 500", "mistral-small the caller left");
        assertThat(DRILL.failures("mistral-small")).isZero();
        assertThat(DRILL.failures("deepseek"))
                .as("its own failure stays its own")
                .isEqualTo(1);
        assertThat(DRILL.askedAny()).as("the local models").isZero();
    }

    @Test
    void B10_a_provider_that_goes_on_for_nobody_is_possibly_billed_and_charged_what_came() throws Exception {
        Semaphore read = new Semaphore(0);
        PROVIDER.plays(talk -> {
            talk.write(ScriptedBytesProvider.SSE_HEAD
                    + ScriptedBytesProvider.role()
                    + ScriptedBytesProvider.event(" word").repeat(30));
            read.acquireUninterruptibly();
            for (int i = 0; i < 100_000; i++) {
                talk.write(ScriptedBytesProvider.event(" unheard"));
            }
        });
        try (RawHttpClient caller = RawHttpClient.chat(DRILL.gateway(), "economy", true)) {
            caller.readTimes(" word", 30);
        }
        AttemptResult attempt = onlyAttemptOfOneWhoLeft();
        read.release();

        assertThat(attempt.possiblyBilled()).isTrue();
        DRILL.awaitRow(
                "SELECT COUNT(*) FROM camelback_attempt WHERE deployment = 'deepseek' AND possibly_billed = 1 AND estimated = 1"
                        + " AND output_tokens >= 30 AND request_id = '"
                        + DRILL.records().get(0).id() + "'");
        assertThat(attempt.metering().usage().output()).isBetween(30L, 60L);
        assertThat(attempt.metering().microDollars()).isPositive();
        assertThat(PROVIDER.awaitTalk().awaitOver()).isTrue();
        assertThat(PROVIDER.awaitTalk().brokeOff()).isTrue();
    }

    @Test
    void B10_a_silent_provider_that_is_given_up_is_possibly_billed_as_well() throws Exception {
        PROVIDER.plays(talk -> assertThat(talk.awaitClosed()).isTrue());

        DRILL.ask("deepseek", true, "x-camelback-timeout-ms", "200");

        GatewayTestCase.soon("the record").until(() -> !DRILL.records().isEmpty());
        assertThat(DRILL.records().get(0).attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.possiblyBilled()).isTrue());
    }

    @Test
    void B12_a_probe_whose_caller_leaves_wedges_no_breaker() throws Exception {
        DRILL.breaker("deepseek").transitionToOpenState();
        DRILL.gateway().clock.advance(Duration.ofSeconds(61));
        for (int i = 0; i < 3; i++) {
            PROVIDER.plays(talk -> assertThat(talk.awaitClosed()).isTrue());
            RawHttpClient caller = RawHttpClient.chat(DRILL.gateway(), "deepseek", true);
            PROVIDER.awaitTalk();
            caller.close();
            int before = i + 1;
            GatewayTestCase.soon("the record").until(() -> DRILL.records().size() == before);
            assertThat(DRILL.breaker("deepseek").getState()).isIn(State.HALF_OPEN, State.OPEN);
        }
        PROVIDER.plays(talk -> talk.write(
                ScriptedBytesProvider.SSE_HEAD + ScriptedBytesProvider.role() + ScriptedBytesProvider.hello()));

        assertThat(DRILL.ask("deepseek", true).statusCode())
                .as("the next probe finds room")
                .isEqualTo(200);
        assertThat(DRILL.breaker("deepseek").getState()).isIn(State.HALF_OPEN, State.CLOSED);
    }

    private static AttemptResult onlyAttemptOfOneWhoLeft() {
        AttemptResult attempt = onlyAttempt();
        assertThat(DRILL.records().get(0).status()).isEqualTo(499);
        return attempt;
    }

    private static AttemptResult onlyAttempt() {
        GatewayTestCase.soon("the record").until(() -> DRILL.records().size() == 1);
        RequestRecord one = DRILL.records().get(0);
        assertThat(DRILL.failures("deepseek")).isZero();
        assertThat(DRILL.askedAny()).as("no other link").isZero();
        assertThat(one.attempts())
                .filteredOn(attempt -> attempt.outcome() != AttemptResult.Outcome.SKIPPED)
                .hasSize(1);
        return one.attempts().get(0);
    }

    /** Half a second is what the contract says; the rest is for a machine that is busy. */
    private static void assertLeft(ScriptedBytesProvider.Talk talk, long at) throws InterruptedException {
        assertThat(talk.awaitOver()).as("the provider noticed").isTrue();
        assertThat(Duration.ofNanos(talk.endedAt() - at)).isLessThan(Duration.ofSeconds(2));
    }
}
