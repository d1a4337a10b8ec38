package io.camelback.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.resilience.RetryPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The traps of docs/wire-formats.md, section 9 that lie in what a provider's error means. */
class FailureTrapsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "429; {\"error\":{\"message\":\"You exceeded your current quota\",\"type\":\"insufficient_quota\","
                        + "\"code\":\"insufficient_quota\"}}; QUOTA",
                "402; {\"error\":{\"message\":\"Insufficient Balance\",\"type\":\"unknown_error\","
                        + "\"code\":\"invalid_request_error\"}}; QUOTA",
                "400; {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\","
                        + "\"message\":\"Your credit balance is too low\"}}; QUOTA",
                "400; {\"error\":{\"code\":400,\"message\":\"API key not valid.\",\"status\":\"INVALID_ARGUMENT\",\"details\":"
                        + "[{\"reason\":\"API_KEY_INVALID\"}]}}; AUTH",
                "401; {}; AUTH"
            })
    void trap_41_an_account_without_money_or_key_is_left_alone_and_its_provider_not_asked_again(
            int status, String body, FailureKind kind) {
        ProviderException failure = FailureClassifier.classify(
                status, name -> null, ProviderErrorReader.read(body.getBytes(StandardCharsets.UTF_8)), false, NOW);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.kind().cooldownScope()).as("what is cooldown").isEqualTo(FailureKind.CooldownScope.KEY);
        assertThat(failure.kind().terminal()).as("the chain ends").isFalse();
        assertThat(RetryPolicy.DEFAULT.delay(failure, 1, false, RandomGenerator.getDefault()))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "2; 2000", "1.5; 1500", "Fri, 20 Nov 2026 08:00:07 GMT; 7000", "2592000; 900000",
                        "99999999999999999999; 900000",
                "Fri, 31 Dec 9999 23:59:59 GMT; 900000", "-1; ", "soon; ", "NaN; ", "Fri, 20 Nov 2026 07:59:00 GMT; "
            })
    void trap_42_any_wait_is_read_and_none_is_longer_than_a_quarter_of_an_hour(String header, Long millis) {
        Optional<Duration> wait = RetryAfter.read(Map.of("retry-after", header)::get, ProviderError.EMPTY, NOW);

        assertThat(wait.map(Duration::toMillis).orElse(null)).isEqualTo(millis);
    }
}
