package io.camelback.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.config.Deployment;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.testkit.ManualClock;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many calls a deployment gets after its breaker has closed again. */
class SlowStartTest {
    private static final Deployment DEPLOYMENT = CamelbackConfigReader.read(
                    "deployments: { a: { provider: local, model: m, max-in-flight: 1000 } }",
                    "test",
                    Map.<String, String>of()::get)
            .config()
            .deployment("a")
            .orElseThrow();

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final CircuitBreakers breakers = new CircuitBreakers(clock);
    private final CircuitBreaker breaker = breakers.of(DEPLOYMENT);

    private void recovers() {
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
        breaker.transitionToClosedState();
    }

    @ParameterizedTest(name = "after {0} ms: {1}")
    @CsvSource({"0, 10", "1000, 10", "5000, 27", "15000, 250", "27000, 810", "29999, 999", "30000, 1000", "60000, 1000"
    })
    void K05_calls_come_back_within_half_a_minute(long millis, int room) {
        recovers();
        clock.advance(Duration.ofMillis(millis));

        assertThat(breakers.concurrencyLimit(DEPLOYMENT)).isEqualTo(room);
    }

    @Test
    void K05_one_that_never_failed_has_all_its_room() {
        assertThat(breakers.concurrencyLimit(DEPLOYMENT)).isEqualTo(1000);
    }

    @Test
    void K05_one_that_fails_again_begins_anew() {
        recovers();
        clock.advance(Duration.ofSeconds(20));
        recovers();

        assertThat(breakers.concurrencyLimit(DEPLOYMENT)).isEqualTo(10);
    }

    @Test
    void one_that_is_closed_by_hand_has_all_its_room() {
        recovers();
        breaker.reset();

        assertThat(breakers.concurrencyLimit(DEPLOYMENT)).isEqualTo(1000);
    }
}
