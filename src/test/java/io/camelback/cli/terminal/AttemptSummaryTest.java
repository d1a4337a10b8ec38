package io.camelback.cli.terminal;

import static io.camelback.attempt.AttemptResult.answered;
import static io.camelback.attempt.AttemptResult.failed;
import static io.camelback.attempt.AttemptResult.skipped;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.attempt.AttemptResult;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttemptSummaryTest {
    private static final Duration TOOK = Duration.ofMillis(7);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void turns_are_told_in_few_words(String text, List<AttemptResult> attempts) {
        assertThat(AttemptSummary.text(attempts)).isEqualTo(text);
    }

    static Stream<Arguments> turns_are_told_in_few_words() {
        return Stream.of(
                told("a ok", answered("a", TOOK)),
                told("a 500 x3 -> b ok", of500("a"), of500("a"), of500("a"), answered("b", TOOK)),
                told("a 500 -> a ok", of500("a"), answered("a", TOOK)),
                told("a 500 -> a in-band -> a 500", of500("a"), failed("a", failure(0, "in-band"), TOOK), of500("a")),
                told(
                        "a breaker open -> b ok",
                        skipped("a", AttemptSkippedException.Reason.BREAKER_OPEN, AttemptResult.BREAKER_OPEN),
                        answered("b", TOOK)),
                told("a 500 -> b 500", of500("a"), of500("b")),
                told("a, b, c: 500 -> d ok", of500("a"), of500("b"), of500("c"), answered("d", TOOK)),
                told("a, b, c: 500 x2", of500("a"), of500("a"), of500("b"), of500("b"), of500("c"), of500("c")),
                told("a 500 -> b 500 -> c 500 x2", of500("a"), of500("b"), of500("c"), of500("c")),
                told("a reset -> b reset -> c reset", lost("a"), lost("b"), lost("c")));
    }

    private static Arguments told(String text, AttemptResult... attempts) {
        return Arguments.of(text, Arrays.asList(attempts));
    }

    private static AttemptResult of500(String deployment) {
        return failed(deployment, failure(500, "500"), TOOK);
    }

    private static AttemptResult lost(String deployment) {
        return failed(deployment, failure(0, "reset"), TOOK);
    }

    private static ProviderException failure(int status, String detail) {
        return new ProviderException(FailureKind.SERVER, status, null, detail, null);
    }
}
