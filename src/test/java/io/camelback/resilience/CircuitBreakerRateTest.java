package io.camelback.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.config.Deployment;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F is a failure that counts, S a success, i a failure that does not count. */
class CircuitBreakerRateTest {

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource({
        "in a row only, '{ failures: 3, cooldown: 60s }', FF, CLOSED",
        "in a row only, '{ failures: 3, cooldown: 60s }', FFF, OPEN",
        "in a row only, '{ failures: 3, cooldown: 60s }', FFSFFSFFSFFSFFSFFSFFS, CLOSED",
        "in a row only, '{ failures: 3, cooldown: 60s }', FFiF, OPEN",
        "with a rate, '{ failures: 3, cooldown: 60s, rate: 50 }', FF, CLOSED",
        "with a rate, '{ failures: 3, cooldown: 60s, rate: 50 }', FFF, OPEN",
        "with a rate, '{ failures: 3, cooldown: 60s, rate: 50 }', FFiF, OPEN",
        "with a rate, '{ failures: 3, cooldown: 60s, rate: 50 }', FSFSFSFSFSFSFSFSFSF, CLOSED",
        "with a rate, '{ failures: 3, cooldown: 60s, rate: 50 }', FSFSFSFSFSFSFSFSFSFS, OPEN",
        "with a rate, '{ failures: 3, cooldown: 60s, rate: 50 }', FSSFSSFSSFSSFSSFSSFSS, CLOSED",
    })
    void opens_after_failures_in_a_row_or_a_share_of_the_recent_ones(
            String what, String settings, String calls, CircuitBreaker.State state) {
        CircuitBreaker breaker =
                new CircuitBreakers(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)).of(deployment(settings));

        for (char call : calls.toCharArray()) {
            breaker.acquirePermission();
            switch (call) {
                case 'S' -> breaker.onSuccess(1, TimeUnit.MILLISECONDS);
                case 'F' -> breaker.onError(1, TimeUnit.MILLISECONDS, ProviderException.of(FailureKind.SERVER, "500"));
                default -> breaker.onError(1, TimeUnit.MILLISECONDS, ProviderException.of(FailureKind.CALLER, "400"));
            }
        }

        assertThat(breaker.getState()).isEqualTo(state);
    }

    private static Deployment deployment(String breaker) {
        String yaml = "deployments: { a: { provider: local, model: m, breaker: " + breaker + " } }";
        return CamelbackConfigReader.read(yaml, "test.yaml", name -> null)
                .config()
                .deployment("a")
                .orElseThrow();
    }
}
