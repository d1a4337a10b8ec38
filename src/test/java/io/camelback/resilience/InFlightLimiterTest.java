package io.camelback.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The cap on a deployment's calls, and on those that were sent again. */
class InFlightLimiterTest {
    private final InFlightLimiter inFlight = new InFlightLimiter();

    @Test
    void no_more_than_the_cap_are_running() {
        assertThat(inFlight.acquire("a", 2)).isTrue();
        assertThat(inFlight.acquire("a", 2)).isTrue();
        assertThat(inFlight.acquire("a", 2)).isFalse();
        assertThat(inFlight.acquire("b", 2)).isTrue();
        inFlight.release("a");
        assertThat(inFlight.acquire("a", 2)).isTrue();
        assertThat(inFlight.running()).containsEntry("a", 2).containsEntry("b", 1);
    }

    @Test
    void K07_three_may_be_sent_again_however_few_are_running() {
        inFlight.acquire("a", 1000);
        assertThat(again(4)).isEqualTo(3);
        assertThat(inFlight.refusedRetries()).isEqualTo(1);
    }

    @Test
    void K07_of_many_a_fifth_may_be_sent_again() {
        for (int i = 0; i < 100; i++) {
            inFlight.acquire("a", 1000);
        }
        assertThat(again(100)).isEqualTo(20);
        inFlight.releaseRetry("a");
        assertThat(again(2)).as("one has left").isEqualTo(1);
    }

    private int again(int calls) {
        int sent = 0;
        for (int i = 0; i < calls; i++) {
            sent += inFlight.acquireRetry("a") ? 1 : 0;
        }
        return sent;
    }
}
