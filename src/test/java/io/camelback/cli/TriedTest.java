package io.camelback.cli;

import static io.camelback.routing.Attempt.answered;
import static io.camelback.routing.Attempt.failed;
import static io.camelback.routing.Attempt.skipped;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.failure.FailureKind;
import io.camelback.failure.NotAdmitted;
import io.camelback.failure.ProviderFailure;
import io.camelback.routing.Attempt;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TriedTest {
    private static final Duration TOOK = Duration.ofMillis(7);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void turns_are_told_in_few_words(String text, List<Attempt> attempts) {
        assertThat(Tried.text(attempts)).isEqualTo(text);
    }

    static Stream<Arguments> turns_are_told_in_few_words() {
        return Stream.of(
                told("a ok", answered("a", TOOK)),
                told("a 500 x3 -> b ok", of500("a"), of500("a"), of500("a"), answered("b", TOOK)),
                told("a 500 -> a ok", of500("a"), answered("a", TOOK)),
                told("a 500 -> a in-band -> a 500", of500("a"), failed("a", failure(0, "in-band"), TOOK), of500("a")),
                told("a breaker open -> b ok", skipped("a", NotAdmitted.Reason.BREAKER_OPEN, Attempt.BREAKER_OPEN),
                        answered("b", TOOK)),
                told("a 500 -> b 500", of500("a"), of500("b")),
                told("a, b, c: 500 -> d ok", of500("a"), of500("b"), of500("c"), answered("d", TOOK)),
                told("a, b, c: 500 x2", of500("a"), of500("a"), of500("b"), of500("b"), of500("c"), of500("c")),
                told("a 500 -> b 500 -> c 500 x2", of500("a"), of500("b"), of500("c"), of500("c")),
                told("a reset -> b reset -> c reset", lost("a"), lost("b"), lost("c")));
    }

    private static Arguments told(String text, Attempt... attempts) {
        return Arguments.of(text, Arrays.asList(attempts));
    }

    private static Attempt of500(String deployment) {
        return failed(deployment, failure(500, "500"), TOOK);
    }

    private static Attempt lost(String deployment) {
        return failed(deployment, failure(0, "reset"), TOOK);
    }

    private static ProviderFailure failure(int status, String detail) {
        return new ProviderFailure(FailureKind.SERVER, status, null, detail, null);
    }
}
