package io.camelback.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelback.failure.FailureClassifier;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RetryPolicyTest {
    private static final RandomGenerator RANDOM = new SplittableRandom(7);
    private static final RetryPolicy POLICY = RetryPolicy.DEFAULT;

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments("a reset", of(new SocketException("Connection reset")), true),
                arguments("refused", of(new ConnectException("Connection refused")), false),
                arguments("unknown host", of(new UnknownHostException("h")), false),
                arguments("a read timeout", of(new SocketTimeoutException("Read timed out")), false),
                arguments("408", status(FailureKind.TIMEOUT, 408), false),
                arguments("409", status(FailureKind.SERVER, 409), false),
                arguments("429 without a wait", status(FailureKind.RATE_LIMIT, 429), false),
                arguments("500", status(FailureKind.SERVER, 500), true),
                arguments("502", status(FailureKind.SERVER, 502), true),
                arguments("503", status(FailureKind.OVERLOAD, 503), true),
                arguments("504", status(FailureKind.SERVER, 504), false),
                arguments("520", status(FailureKind.SERVER, 520), false),
                arguments("529", status(FailureKind.OVERLOAD, 529), true),
                arguments("an overflow with 500", status(FailureKind.CONTEXT, 500), false),
                arguments("garbage", ProviderException.of(FailureKind.PROTOCOL, "garbage"), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void tries_again_only_what_may_pass_at_once(String name, ProviderException failure, boolean again) {
        assertThat(POLICY.delay(failure, 1, false, RANDOM).isPresent()).isEqualTo(again);
        assertThat(POLICY.delay(failure, 1, true, RANDOM))
                .as("after a byte of an answer")
                .isEmpty();
        assertThat(RetryPolicy.NONE.delay(failure, 1, false, RANDOM)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {
                "QUOTA",
                "AUTH",
                "MODEL_GONE",
                "CONTEXT",
                "UNSUPPORTED",
                "CALLER",
                "POLICY",
                "CANCELLED",
                "CLIENT_DEADLINE",
                "TIMEOUT",
                "PROTOCOL"
            })
    void no_advice_makes_these_worth_another_try(FailureKind kind) {
        ProviderException failure = new ProviderException(kind, 500, null, null, "x", Duration.ZERO, true);
        assertThat(POLICY.delay(failure, 1, false, RANDOM)).isEmpty();
    }

    @Test
    void stops_after_its_attempts() {
        ProviderException failure = status(FailureKind.SERVER, 500);
        assertThat(POLICY.delay(failure, 2, false, RANDOM)).isPresent();
        assertThat(POLICY.delay(failure, 3, false, RANDOM)).isEmpty();
    }

    @ParameterizedTest(name = "after try {0} at most {1} ms")
    @CsvSource({"1,200", "2,400", "3,800", "4,1600", "5,3200", "6,5000", "7,5000", "40,5000", "2000000000,5000"})
    void the_longest_pause_doubles_up_to_its_cap(int triesMade, long millis) {
        RetryPolicy patient =
                new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ZERO);
        Drawn drawn = new Drawn();
        assertThat(patient.delay(status(FailureKind.SERVER, 500), triesMade, false, drawn))
                .contains(Duration.ZERO);
        assertThat(drawn.bound).isEqualTo(Duration.ofMillis(millis).toNanos() + 1);
    }

    @Test
    void a_pause_of_nothing_is_one() {
        RetryPolicy hasty = new RetryPolicy(1, Duration.ZERO, Duration.ofSeconds(5), Duration.ZERO);
        assertThat(hasty.delay(status(FailureKind.SERVER, 500), 1, false, RANDOM))
                .contains(Duration.ZERO);
    }

    @Test
    void pauses_are_spread_over_the_whole_range() {
        long[] drawn = RANDOM.ints(1_000)
                .mapToObj(unused -> POLICY.delay(status(FailureKind.SERVER, 500), 2, false, RANDOM))
                .mapToLong(delay -> delay.orElseThrow().toMillis())
                .sorted()
                .toArray();
        assertThat(drawn[0]).isBetween(0L, 20L);
        assertThat(drawn[999]).isBetween(380L, 400L);
    }

    @ParameterizedTest(name = "{0} with Retry-After {1} ms waits {2}")
    @CsvSource(
            nullValues = "never",
            value = {
                "RATE_LIMIT,0,0",
                "RATE_LIMIT,2000,2000",
                "RATE_LIMIT,3000,3000",
                "RATE_LIMIT,3001,never",
                "OVERLOAD,1500,1500",
                "OVERLOAD,60000,never",
                "SERVER,900,900"
            })
    void waits_as_long_as_asked_if_that_is_not_long(FailureKind kind, long asked, Long waits) {
        ProviderException failure = new ProviderException(kind, 503, null, "x", Duration.ofMillis(asked));
        assertThat(POLICY.delay(failure, 1, false, RANDOM))
                .isEqualTo(Optional.ofNullable(waits).map(Duration::ofMillis));
    }

    @Test
    void the_providers_advice_counts() {
        assertThat(POLICY.delay(advised(FailureKind.SERVER, 500, false), 1, false, RANDOM))
                .isEmpty();
        assertThat(POLICY.delay(advised(FailureKind.SERVER, 409, true), 1, false, RANDOM))
                .isPresent();
        assertThat(POLICY.delay(advised(FailureKind.RATE_LIMIT, 429, true), 1, false, RANDOM))
                .isEmpty();
    }

    @Test
    void nothing_is_negative() {
        Duration some = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new RetryPolicy(-1, some, some, some)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, some.negated(), some, some))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, some, some.negated(), some))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, some, some, some.negated()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ProviderException of(Throwable thrown) {
        return FailureClassifier.ofException(thrown).orElseThrow();
    }

    private static ProviderException status(FailureKind kind, int status) {
        return new ProviderException(kind, status, null, "x", null);
    }

    private static ProviderException advised(FailureKind kind, int status, boolean advice) {
        return new ProviderException(kind, status, null, null, "x", null, advice);
    }

    /** Draws 0, and remembers what it might have drawn. */
    private static final class Drawn implements RandomGenerator {
        private long bound;

        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long limit) {
            bound = limit;
            return 0;
        }
    }
}
