package io.camelback.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.camelback.resilience.DeploymentStats.AttemptTimer;
import io.camelback.resilience.DeploymentStats.Ending;
import io.camelback.resilience.DeploymentStats.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeploymentStatsTest {
    private long now;
    private final DeploymentStatsRegistry stats = new DeploymentStatsRegistry(() -> now);
    private final DeploymentStats gpt = stats.of("gpt");

    private void pass(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    private void turn(long firstToken, long total, Ending ending) {
        AttemptTimer turn = gpt.begin();
        pass(firstToken);
        turn.content();
        pass(total - firstToken);
        turn.end(ending);
    }

    @Test
    void nothing_is_known_of_one_that_was_never_asked() {
        Snapshot snapshot = stats.of("opus").snapshot();

        assertThat(snapshot.firstToken().samples()).isZero();
        assertThat(snapshot.peakFirstToken()).isZero();
        assertThat(snapshot.failureRate()).isZero();
        assertThat(stats.snapshots()).containsOnlyKeys("gpt", "opus");
    }

    @Test
    void quantiles_are_those_of_the_recent_turns() {
        for (int i = 1; i <= 100; i++) {
            turn(10 * i, 20 * i, Ending.ANSWERED);
        }

        Snapshot snapshot = gpt.snapshot();
        assertThat(snapshot.firstToken())
                .isEqualTo(new DeploymentStats.Latency(
                        100, Duration.ofMillis(10), Duration.ofMillis(500), Duration.ofMillis(990)));
        assertThat(snapshot.total().p99()).isEqualTo(Duration.ofMillis(1980));
        pass(DeploymentStats.WINDOW.toMillis() + 1);
        assertThat(gpt.snapshot().firstToken().samples()).as("after the window").isZero();
    }

    @Test
    void a_turn_is_in_flight_until_it_ends_and_ends_once() {
        AttemptTimer one = gpt.begin();
        AttemptTimer other = gpt.begin();
        assertThat(gpt.snapshot().inFlight()).isEqualTo(2);

        one.end(Ending.FAILED);
        one.end(Ending.ANSWERED);
        other.end(Ending.ANSWERED);

        Snapshot snapshot = gpt.snapshot();
        assertThat(snapshot.inFlight()).isZero();
        assertThat(snapshot.answered()).isEqualTo(1);
        assertThat(snapshot.failureRate()).isEqualTo(0.5);
    }

    @Test
    void who_is_abandoned_has_neither_answered_nor_failed() {
        turn(100, 200, Ending.ABANDONED);

        Snapshot snapshot = gpt.snapshot();
        assertThat(snapshot.answered() + snapshot.failed()).isZero();
        assertThat(snapshot.firstToken().samples())
                .as("its first token was seen all the same")
                .isEqualTo(1);
        assertThat(snapshot.total().samples()).isZero();
    }

    @Test
    void one_slow_answer_raises_the_peak_at_once_and_time_lets_it_fall_to_the_median() {
        for (int i = 0; i < 9; i++) {
            turn(100, 100, Ending.ANSWERED);
        }
        turn(5_000, 5_000, Ending.ANSWERED);

        assertThat(gpt.snapshot().peakFirstToken()).isEqualTo(Duration.ofSeconds(5));
        pass(10_000);
        assertThat(gpt.snapshot().peakFirstToken().toMillis()).isCloseTo(100 + (long) (4_900 / Math.E), within(2L));
        pass(400_000);
        assertThat(gpt.snapshot().peakFirstToken()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void a_wait_in_vain_raises_the_peak_and_a_quick_failure_does_not_lower_it() {
        turn(400, 400, Ending.ANSWERED);
        AttemptTimer silent = gpt.begin();
        pass(900);
        silent.end(Ending.FAILED);
        assertThat(gpt.snapshot().peakFirstToken()).isEqualTo(Duration.ofMillis(900));

        gpt.begin().end(Ending.FAILED);

        assertThat(gpt.snapshot().peakFirstToken()).isEqualTo(Duration.ofMillis(900));
        assertThat(gpt.snapshot().firstToken().samples()).isEqualTo(1);
    }

    @Test
    void a_pause_before_a_request_is_not_its_time() {
        AttemptTimer turn = gpt.begin(Duration.ofMillis(300));
        pass(350);
        turn.content();
        turn.end(Ending.ANSWERED);

        assertThat(gpt.snapshot().firstToken().p50()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void memory_is_bounded_and_no_turn_is_lost_between_threads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> work = IntStream.range(0, 8)
                    .<Callable<Void>>mapToObj(i -> () -> {
                        for (int j = 0; j < 200; j++) {
                            gpt.begin().end(Ending.ANSWERED);
                        }
                        return null;
                    })
                    .toList();
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(gpt.snapshot().inFlight()).isZero();
        assertThat(gpt.snapshot().answered()).isEqualTo(DeploymentStats.KEPT);
    }
}
