package io.camelback.telemetry.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.attempt.AttemptResult;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How turns ended, in words for metrics. */
class OutcomeCodeTest {
    private static final ProviderException OVERLOAD =
            ProviderException.of(FailureKind.OVERLOAD, "529 overloaded_error");

    static Stream<Arguments> reasons() {
        return Stream.of(
                Arguments.of("ok", AttemptResult.answered("a", Duration.ZERO)),
                Arguments.of("overload", AttemptResult.failed("a", OVERLOAD, Duration.ZERO)),
                Arguments.of("cooldown", AttemptResult.coolingDown("a", "529", Duration.ofSeconds(3), OVERLOAD)),
                Arguments.of("cooldown", AttemptResult.coolingDown("a", "by hand", Duration.ofSeconds(3), null)),
                Arguments.of(
                        "budget", AttemptResult.overBudget("a", "used up: the month's budget", Duration.ofDays(3))),
                Arguments.of(
                        "breaker_open",
                        AttemptResult.skipped(
                                "a", AttemptSkippedException.Reason.BREAKER_OPEN, AttemptResult.BREAKER_OPEN)),
                Arguments.of(
                        "no_key",
                        AttemptResult.skipped(
                                "a", AttemptSkippedException.Reason.NO_KEY, "no key: OPENAI_API_KEY is not set")),
                Arguments.of(
                        "no_ledger",
                        AttemptResult.skipped("a", AttemptSkippedException.Reason.NO_LEDGER, AttemptResult.NO_LEDGER)),
                Arguments.of(
                        "had_its_turn",
                        AttemptResult.skipped(
                                "a", AttemptSkippedException.Reason.HAD_ITS_TURN, AttemptResult.HAD_ITS_TURN)),
                Arguments.of(
                        "unsupported",
                        AttemptResult.unsuitable(
                                "a",
                                AttemptSkippedException.Reason.INCAPABLE,
                                ProviderException.of(FailureKind.UNSUPPORTED, "no audio"))),
                Arguments.of("quota", AttemptResult.overQuota("a", "100 requests a day", Duration.ofHours(3))));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource
    void reasons(String word, AttemptResult attempt) {
        assertThat(OutcomeCode.of(attempt)).isEqualTo(word);
    }

    private static List<FallbackStep> steps(String deployment, String degraded, AttemptResult... attempts) {
        return FallbackStep.of(new RequestRecord(
                "r",
                "openai",
                "m",
                "c",
                deployment,
                200,
                false,
                Duration.ZERO,
                BigDecimal.ONE,
                null,
                degraded,
                List.of(attempts),
                null));
    }

    @Test
    void sending_again_is_no_fallback_and_links_that_were_passed_by_are_none() {
        assertThat(steps(
                        "b",
                        null,
                        AttemptResult.failed("a", OVERLOAD, Duration.ZERO),
                        AttemptResult.failed("a", OVERLOAD, Duration.ZERO),
                        AttemptResult.answered("b", Duration.ZERO)))
                .containsExactly(new FallbackStep("a", "b", "overload"));
        assertThat(steps(
                        null,
                        null,
                        AttemptResult.failed("a", OVERLOAD, Duration.ZERO),
                        AttemptResult.skipped("b", AttemptSkippedException.Reason.CHAIN_ENDED, "the chain had ended")))
                .isEmpty();
    }

    @Test
    void the_fixed_text_is_the_last_step() {
        assertThat(steps(
                        null,
                        "static",
                        AttemptResult.skipped(
                                "a", AttemptSkippedException.Reason.BREAKER_OPEN, AttemptResult.BREAKER_OPEN)))
                .containsExactly(new FallbackStep("a", "static", "breaker_open"));
    }
}
