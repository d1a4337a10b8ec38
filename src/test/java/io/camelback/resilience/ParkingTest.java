package io.camelback.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.camelback.ManualClock;
import io.camelback.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParkingTest {
    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    private final ManualClock clock = new ManualClock(START);
    private final Parking parking = new Parking(clock);

    @Test
    void s01_parks_for_as_long_as_asked_and_not_longer() {
        parking.park("gpt", Duration.ofSeconds(2), "429");
        assertThat(parking.parked("gpt")).contains(new Parking.Parked(START.plusSeconds(2), "429", Duration.ofSeconds(2)));
        assertThat(parking.parked("opus")).isEmpty();
        clock.set(START.plusMillis(1_999));
        assertThat(parking.parked("gpt").orElseThrow().left()).isEqualTo(Duration.ofMillis(1));
        clock.set(START.plusSeconds(2));
        assertThat(parking.parked("gpt")).isEmpty();
    }

    @Test
    void s05_the_later_deadline_wins() {
        parking.park("gpt", Duration.ofSeconds(1), "short");
        parking.park("gpt", Duration.ofSeconds(30), "long");
        parking.park("gpt", Duration.ofSeconds(5), "shorter");
        assertThat(parking.parked("gpt")).contains(new Parking.Parked(START.plusSeconds(30), "long", Duration.ofSeconds(30)));
    }

    @Test
    void a_wait_that_is_over_does_not_hold_a_new_one_back() {
        parking.park("gpt", Duration.ofSeconds(30), "old");
        clock.set(START.plusSeconds(60));
        parking.park("gpt", Duration.ofSeconds(1), "new");
        assertThat(parking.parked("gpt").orElseThrow().reason()).isEqualTo("new");
    }

    @Test
    void s04_nothing_is_parked_for_days() {
        parking.park("a", Duration.ofDays(3), "x");
        parking.park("b", Duration.ofSeconds(Long.MAX_VALUE), "x");
        parking.park("c", null, "x");
        for (String name : List.of("a", "b", "c")) {
            assertThat(parking.parked(name).orElseThrow().left()).isEqualTo(Duration.ofMinutes(15));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void no_time_parks_nothing(long seconds) {
        parking.park("gpt", Duration.ofSeconds(seconds), "x");
        assertThat(parking.all()).isEmpty();
    }

    @Test
    void shows_what_is_parked_by_name_and_forgets_the_rest() {
        parking.park("b", Duration.ofSeconds(9), "x");
        parking.park("c", Duration.ofSeconds(1), "y");
        parking.park("a", Duration.ofSeconds(5), "z");
        clock.set(START.plusSeconds(1));
        assertThat(parking.all()).containsExactly(
                entry("a", new Parking.Parked(START.plusSeconds(5), "z", Duration.ofSeconds(4))),
                entry("b", new Parking.Parked(START.plusSeconds(9), "x", Duration.ofSeconds(8))));
    }

    @Test
    void can_be_cleared() {
        parking.park("gpt", Duration.ofSeconds(9), "x");
        parking.clear("gpt");
        parking.clear("unknown");
        assertThat(parking.parked("gpt")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"RATE_LIMIT,15", "QUOTA,900", "AUTH,300", "MODEL_GONE,600", "SERVER,0", "TIMEOUT,0", "CALLER,0"})
    void knows_how_long_when_the_provider_does_not_say(FailureKind kind, long seconds) {
        assertThat(Parking.defaultFor(kind)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void every_kind_that_parks_has_a_time() {
        for (FailureKind kind : FailureKind.values()) {
            assertThat(Parking.defaultFor(kind).isZero()).as(kind.name()).isEqualTo(kind.parks() == FailureKind.Parks.NOTHING);
        }
    }

    @Test
    void many_at_once_leave_the_latest() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int offset = thread;
                all.add(pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < 100; i++) {
                        parking.park("gpt", Duration.ofSeconds(1 + (i * threads + offset) * 37L % 800), "x");
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(parking.parked("gpt").orElseThrow().left()).isEqualTo(Duration.ofSeconds(800));
    }
}
