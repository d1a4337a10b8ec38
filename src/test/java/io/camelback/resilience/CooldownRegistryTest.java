package io.camelback.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.camelback.failure.FailureKind;
import io.camelback.testkit.ManualClock;
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

class CooldownRegistryTest {
    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    private final ManualClock clock = new ManualClock(START);
    private final CooldownRegistry cooldowns = new CooldownRegistry(clock);

    @Test
    void s01_cools_down_for_as_long_as_asked_and_not_longer() {
        cooldowns.coolDown("gpt", Duration.ofSeconds(2), "429");
        assertThat(cooldowns.cooldown("gpt"))
                .contains(new CooldownRegistry.Cooldown(START.plusSeconds(2), "429", Duration.ofSeconds(2)));
        assertThat(cooldowns.cooldown("opus")).isEmpty();
        clock.set(START.plusMillis(1_999));
        assertThat(cooldowns.cooldown("gpt").orElseThrow().left()).isEqualTo(Duration.ofMillis(1));
        clock.set(START.plusSeconds(2));
        assertThat(cooldowns.cooldown("gpt")).isEmpty();
    }

    @Test
    void s05_the_later_deadline_wins() {
        cooldowns.coolDown("gpt", Duration.ofSeconds(1), "short");
        cooldowns.coolDown("gpt", Duration.ofSeconds(30), "long");
        cooldowns.coolDown("gpt", Duration.ofSeconds(5), "shorter");
        assertThat(cooldowns.cooldown("gpt"))
                .contains(new CooldownRegistry.Cooldown(START.plusSeconds(30), "long", Duration.ofSeconds(30)));
    }

    @Test
    void a_wait_that_is_over_does_not_hold_a_new_one_back() {
        cooldowns.coolDown("gpt", Duration.ofSeconds(30), "old");
        clock.set(START.plusSeconds(60));
        cooldowns.coolDown("gpt", Duration.ofSeconds(1), "new");
        assertThat(cooldowns.cooldown("gpt").orElseThrow().reason()).isEqualTo("new");
    }

    @Test
    void s04_nothing_is_cooling_down_for_days() {
        cooldowns.coolDown("a", Duration.ofDays(3), "x");
        cooldowns.coolDown("b", Duration.ofSeconds(Long.MAX_VALUE), "x");
        cooldowns.coolDown("c", null, "x");
        for (String name : List.of("a", "b", "c")) {
            assertThat(cooldowns.cooldown(name).orElseThrow().left()).isEqualTo(Duration.ofMinutes(15));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void no_time_starts_no_cooldown(long seconds) {
        cooldowns.coolDown("gpt", Duration.ofSeconds(seconds), "x");
        assertThat(cooldowns.all()).isEmpty();
    }

    @Test
    void shows_what_is_cooling_down_by_name_and_forgets_the_rest() {
        cooldowns.coolDown("b", Duration.ofSeconds(9), "x");
        cooldowns.coolDown("c", Duration.ofSeconds(1), "y");
        cooldowns.coolDown("a", Duration.ofSeconds(5), "z");
        clock.set(START.plusSeconds(1));
        assertThat(cooldowns.all())
                .containsExactly(
                        entry("a", new CooldownRegistry.Cooldown(START.plusSeconds(5), "z", Duration.ofSeconds(4))),
                        entry("b", new CooldownRegistry.Cooldown(START.plusSeconds(9), "x", Duration.ofSeconds(8))));
    }

    @Test
    void can_be_cleared() {
        cooldowns.coolDown("gpt", Duration.ofSeconds(9), "x");
        cooldowns.clear("gpt");
        cooldowns.clear("unknown");
        assertThat(cooldowns.cooldown("gpt")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"RATE_LIMIT,15", "QUOTA,900", "AUTH,300", "MODEL_GONE,600", "SERVER,0", "TIMEOUT,0", "CALLER,0"})
    void knows_how_long_when_the_provider_does_not_say(FailureKind kind, long seconds) {
        assertThat(CooldownRegistry.defaultFor(kind)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void every_kind_that_cools_down_has_a_time() {
        for (FailureKind kind : FailureKind.values()) {
            assertThat(CooldownRegistry.defaultFor(kind).isZero())
                    .as(kind.name())
                    .isEqualTo(kind.cooldownScope() == FailureKind.CooldownScope.NOTHING);
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
                        cooldowns.coolDown("gpt", Duration.ofSeconds(1 + (i * threads + offset) * 37L % 800), "x");
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
        assertThat(cooldowns.cooldown("gpt").orElseThrow().left()).isEqualTo(Duration.ofSeconds(800));
    }
}
