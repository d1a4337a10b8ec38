package io.camelback.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.failure.FailureKind;
import io.camelback.failure.NotAdmitted;
import io.camelback.failure.ProviderFailure;
import io.camelback.routing.Attempt;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How turns ended, in words for metrics. */
class ReasonTest {
    private static final ProviderFailure OVERLOAD = ProviderFailure.of(FailureKind.OVERLOAD, "529 overloaded_error");

    static Stream<Arguments> reasons() {
        return Stream.of(
                Arguments.of("ok", Attempt.answered("a", Duration.ZERO)),
                Arguments.of("overload", Attempt.failed("a", OVERLOAD, Duration.ZERO)),
                Arguments.of("parked", Attempt.parked("a", "529", Duration.ofSeconds(3), OVERLOAD)),
                Arguments.of("parked", Attempt.parked("a", "by hand", Duration.ofSeconds(3), null)),
                Arguments.of("budget", Attempt.overBudget("a", "used up: the month's budget", Duration.ofDays(3))),
                Arguments.of("breaker_open", Attempt.skipped("a", NotAdmitted.Reason.BREAKER_OPEN, Attempt.BREAKER_OPEN)),
                Arguments.of("no_key", Attempt.skipped("a", NotAdmitted.Reason.NO_KEY, "no key: OPENAI_API_KEY is not set")),
                Arguments.of("no_ledger", Attempt.skipped("a", NotAdmitted.Reason.NO_LEDGER, Attempt.NO_LEDGER)),
                Arguments.of("had_its_turn", Attempt.skipped("a", NotAdmitted.Reason.HAD_ITS_TURN, Attempt.HAD_ITS_TURN)),
                Arguments.of("unsupported", Attempt.unsuited("a", NotAdmitted.Reason.INCAPABLE,
                        ProviderFailure.of(FailureKind.UNSUPPORTED, "no audio"))),
                Arguments.of("quota", Attempt.overQuota("a", "100 requests a day", Duration.ofHours(3))));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource
    void reasons(String word, Attempt attempt) {
        assertThat(Reason.of(attempt)).isEqualTo(word);
    }

    private static List<Fallback> steps(String deployment, String degraded, Attempt... attempts) {
        return Fallback.of(new RequestRecord("r", "openai", "m", "c", deployment, 200, false, Duration.ZERO, BigDecimal.ONE, null,
                degraded, List.of(attempts), null));
    }

    @Test
    void sending_again_is_no_fallback_and_links_that_were_passed_by_are_none() {
        assertThat(steps("b", null, Attempt.failed("a", OVERLOAD, Duration.ZERO), Attempt.failed("a", OVERLOAD, Duration.ZERO),
                Attempt.answered("b", Duration.ZERO))).containsExactly(new Fallback("a", "b", "overload"));
        assertThat(steps(null, null, Attempt.failed("a", OVERLOAD, Duration.ZERO),
                Attempt.skipped("b", NotAdmitted.Reason.CHAIN_ENDED, "the chain had ended"))).isEmpty();
    }

    @Test
    void the_fixed_text_is_the_last_step() {
        assertThat(steps(null, "static", Attempt.skipped("a", NotAdmitted.Reason.BREAKER_OPEN, Attempt.BREAKER_OPEN)))
                .containsExactly(new Fallback("a", "static", "breaker_open"));
    }
}
