package io.camelback.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.resilience.DeploymentStats.Latency;
import io.camelback.upstream.AttemptDeadline;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {
    private static final Latency UNKNOWN = new Latency(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static Latency recent(int samples, long least, long p99) {
        return new Latency(samples, millis(least), millis((least + p99) / 2), millis(p99));
    }

    @ParameterizedTest(name = "{0}: {1} ms left, reserved {2}: {3} ms")
    @CsvSource(textBlock = """
            nobody after it,                        10000, '',                  10000
            one after it,                           10000, 2000,                8000
            two that need different times,          10000, '2000 500',          7500
            nobody who could be asked now,          10000, '0 0',               10000
            a long chain has half of it at most,    20000, '2000 2000 2000 2000 2000 2000', 10000
            a short deadline goes to the first,     900,   2000,                450
            no time at all,                         0,     2000,                0""")
    void a_link_gets_what_is_left_but_for_what_those_after_it_need(
            String name, long left, String reserves, long slice) {
        List<Duration> all = reserves.isEmpty()
                ? List.of()
                : Arrays.stream(reserves.split(" "))
                        .map(Long::parseLong)
                        .map(DeadlineTest::millis)
                        .toList();

        assertThat(Deadline.share(millis(left), true, all))
                .isEqualTo(new AttemptDeadline(millis(slice), millis(left), true));
    }

    @ParameterizedTest(name = "{0}: {5} ms")
    @CsvSource(textBlock = """
            nothing known,                          2000, 0,  0,    0,     2000
            quicker than configured,                2000, 50, 200,  900,   2000
            slower than configured,                 2000, 50, 200,  4000,  4000
            slow but only seen a few times,         2000, 4,  200,  4000,  2000
            slower than its timer allows,           2000, 50, 200,  12000, 8000
            no reserve wanted,                      0,    50, 200,  4000,  0""")
    void a_reserve_is_what_nearly_all_recent_answers_kept_to(
            String name, long configured, int samples, long least, long p99, long reserve) {
        assertThat(Deadline.reserve(millis(configured), recent(samples, least, p99), millis(8000)))
                .isEqualTo(millis(reserve));
    }

    @Test
    void an_attempt_that_cannot_come_to_its_first_token_is_not_worth_making() {
        assertThat(Deadline.insufficient(AttemptDeadline.all(millis(9), true), UNKNOWN))
                .hasValue("starved: 9ms left of the request's time");
        assertThat(Deadline.insufficient(AttemptDeadline.all(millis(10), true), UNKNOWN))
                .isEmpty();
        assertThat(Deadline.insufficient(new AttemptDeadline(millis(300), millis(450), true), recent(5, 301, 900)))
                .hasValue("starved: 300ms for it, and no recent first token took less than 301ms");
        assertThat(Deadline.insufficient(AttemptDeadline.all(millis(300), true), recent(5, 300, 900)))
                .as("it may just do it")
                .isEmpty();
        assertThat(Deadline.insufficient(AttemptDeadline.all(millis(300), true), recent(4, 301, 900)))
                .as("too little is known")
                .isEmpty();
    }

    @Test
    void every_link_of_a_silent_chain_has_its_turn_before_the_time_is_over() {
        Duration left = millis(10_000);
        for (int later = 4; later >= 0; later--) {
            AttemptDeadline share = Deadline.share(left, true, Collections.nCopies(later, millis(2_000)));
            assertThat(share.slice()).as("with %d after it", later).isGreaterThan(millis(500));
            left = left.minus(share.slice());
        }
        assertThat(left).isZero();
    }
}
