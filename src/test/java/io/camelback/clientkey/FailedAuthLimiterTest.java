package io.camelback.clientkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** docs/failures.md H22: who guesses keys is slowed down, and nobody else. */
class FailedAuthLimiterTest {
    private final AtomicLong now = new AtomicLong();
    private final FailedAuthLimiter wrongKeys = new FailedAuthLimiter(now::get);

    @Test
    void H22_after_thirty_wrong_keys_an_address_waits_for_the_rest_of_the_minute() {
        for (int i = 0; i < FailedAuthLimiter.MOST; i++) {
            assertThat(wrongKeys.count("10.0.0.1")).isEmpty();
        }
        now.addAndGet(Duration.ofSeconds(20).toNanos());

        assertThat(wrongKeys.count("10.0.0.1")).contains(Duration.ofSeconds(40));
        assertThat(wrongKeys.count("10.0.0.2")).isEmpty();
    }

    @Test
    void H22_a_minute_later_it_may_try_again() {
        for (int i = 0; i <= FailedAuthLimiter.MOST; i++) {
            wrongKeys.count("10.0.0.1");
        }
        now.addAndGet(FailedAuthLimiter.WINDOW.toNanos());

        assertThat(wrongKeys.count("10.0.0.1")).isEmpty();
    }
}
