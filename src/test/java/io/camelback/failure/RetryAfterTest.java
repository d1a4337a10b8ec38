package io.camelback.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final long CAP = Duration.ofMinutes(15).toMillis();

    static Stream<Arguments> headers() {
        return Stream.of(
                arguments("whole seconds", Map.of("retry-after", "2"), 2_000L),
                arguments("S04 parts of seconds", Map.of("retry-after", "1.5"), 1_500L),
                arguments("with spaces", Map.of("retry-after", " 3 "), 3_000L),
                arguments("zero", Map.of("retry-after", "0"), 0L),
                arguments("S03 milliseconds first", Map.of("retry-after-ms", "350", "retry-after", "1"), 350L),
                arguments("parts of milliseconds", Map.of("retry-after-ms", "350.4"), 350L),
                arguments("S03 Azure's milliseconds", Map.of("x-ms-retry-after-ms", "12", "retry-after", "1"), 12L),
                arguments("S04 an age", Map.of("retry-after", "99999999999"), CAP),
                arguments("more digits than a double has", Map.of("retry-after", "9".repeat(399)), CAP),
                arguments("a cap for milliseconds, too", Map.of("retry-after-ms", "9".repeat(30)), CAP),
                arguments("a date, by our clock", Map.of("retry-after", "Fri, 20 Nov 2026 08:00:07 GMT"), 7_000L),
                arguments(
                        "S02 a date, by a clock that is ahead",
                        Map.of("retry-after", "Fri, 20 Nov 2026 08:05:07 GMT", "date", "Fri, 20 Nov 2026 08:05:00 GMT"),
                        7_000L),
                arguments(
                        "S02 a date, by a clock that is behind",
                        Map.of("retry-after", "Fri, 20 Nov 2026 07:55:07 GMT", "date", "Fri, 20 Nov 2026 07:55:00 GMT"),
                        7_000L),
                arguments(
                        "a date beside an unreadable one",
                        Map.of("retry-after", "Fri, 20 Nov 2026 08:00:07 GMT", "date", "today"),
                        7_000L),
                arguments("a date far away", Map.of("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT"), CAP),
                arguments(
                        "what cannot be read gives way", Map.of("retry-after-ms", "soon", "retry-after", "4"), 4_000L),
                arguments(
                        "OpenAI's limit that stands at 0",
                        Map.of(
                                "x-ratelimit-remaining-tokens",
                                "0",
                                "x-ratelimit-reset-tokens",
                                "6m0s",
                                "x-ratelimit-remaining-requests",
                                "12",
                                "x-ratelimit-reset-requests",
                                "14m"),
                        360_000L),
                arguments(
                        "X06 OpenRouter's, in milliseconds since 1970",
                        Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", "1795161620000"),
                        20000L),
                arguments(
                        "X06 in seconds since 1970",
                        Map.of("ratelimit-remaining", "0", "ratelimit-reset", "1795161645"),
                        45000L),
                arguments("X06 the IETF's one field", Map.of("ratelimit", "\"default\";r=0;t=50"), 50000L),
                arguments(
                        "X06 the IETF's one field, of an earlier draft",
                        Map.of("ratelimit", "limit=100, remaining=0, reset=50"),
                        50000L),
                arguments(
                        "X06 Cerebras' limit of a day",
                        Map.of("x-ratelimit-remaining-requests-day", "0", "x-ratelimit-reset-requests-day", "120.5"),
                        120500L),
                arguments("X06 a reset without a word on what is left", Map.of("x-ratelimit-reset", "30"), 30000L),
                arguments(
                        "X06 a reset beside what is left gives way",
                        Map.of(
                                "x-ratelimit-remaining-requests",
                                "3",
                                "x-ratelimit-reset-requests",
                                "9",
                                "x-ratelimit-reset-tokens",
                                "4s"),
                        4000L),
                arguments(
                        "X01 a subscription that refuses",
                        Map.of(
                                "anthropic-ratelimit-unified-status",
                                "rejected",
                                "anthropic-ratelimit-unified-reset",
                                "1795161900"),
                        300000L),
                arguments(
                        "Azure's reset in seconds",
                        Map.of("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "9"),
                        9_000L),
                arguments(
                        "Anthropic's limits that stand at 0, the longest",
                        Map.of(
                                "anthropic-ratelimit-input-tokens-remaining", "0",
                                "anthropic-ratelimit-input-tokens-reset", "2026-11-20T08:00:30Z",
                                "anthropic-ratelimit-requests-remaining", "0",
                                "anthropic-ratelimit-requests-reset", "2026-11-20T08:00:10Z"),
                        30_000L));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void reads_headers(String name, Map<String, String> headers, long millis) {
        assertThat(RetryAfter.read(headers::get, ProviderError.EMPTY, NOW).map(Duration::toMillis))
                .contains(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soon",
                "-1",
                "-0.5",
                "",
                " ",
                "NaN",
                "Infinity",
                "1e3",
                "0x10",
                "5s",
                "1,5",
                "1.2.3",
                "+5",
                "Fri, 20 Nov 2026 07:59:00 GMT",
                "2026-11-20",
                "Fri, 99 Nov 2026 07:59:00 GMT"
            })
    void what_makes_no_sense_is_nothing(String value) {
        assertThat(RetryAfter.read(Map.of("retry-after", value)::get, ProviderError.EMPTY, NOW))
                .isEmpty();
        assertThat(RetryAfter.read(Map.of("retry-after-ms", value)::get, ProviderError.EMPTY, NOW))
                .isEmpty();
    }

    @Test
    void a_date_before_the_response_itself_is_nothing() {
        Map<String, String> headers =
                Map.of("retry-after", "Fri, 20 Nov 2026 08:04:00 GMT", "date", "Fri, 20 Nov 2026 08:05:00 GMT");
        assertThat(RetryAfter.read(headers::get, ProviderError.EMPTY, NOW)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Rate limit reached. Please try again in 6m0s. Visit https://x. | 360000",
                "Please try again in 12ms. | 12",
                "Please retry in 34.07s. | 34070",
                "Please retry in 34.074824224s. | 34074",
                "try again in 1m2.5s | 62500",
                "Try again in 20 seconds | 20000",
                "Please retry after 6 seconds. | 6000",
                "retry again in 2 minutes and be patient | 120000",
                "please wait 3s | 3000",
                "try again in 999999999999h | 900000",
                "Please try again later; or try again in 5s | 5000"
            })
    void reads_the_wait_in_a_text(String message, long millis) {
        assertThat(RetryAfter.read(name -> null, text(message), NOW).map(Duration::toMillis))
                .contains(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Please try again later.",
                "try again in a moment",
                "try again in 5",
                "try again in -5s",
                "Limit 30000, Used 29000, Requested 2000.",
                "in 12 months",
                "try again in 3 sheep"
            })
    void a_text_without_a_wait_is_nothing(String message) {
        assertThat(RetryAfter.read(name -> null, text(message), NOW)).isEmpty();
    }

    @Test
    void the_header_counts_before_google_and_google_before_the_text() {
        ProviderError google = ProviderErrorBody.GEMINI_MINUTE.error();
        assertThat(RetryAfter.read(Map.of("retry-after", "9")::get, google, NOW))
                .contains(Duration.ofSeconds(9));
        assertThat(RetryAfter.read(name -> null, google, NOW)).contains(Duration.ofSeconds(37));
    }

    @Test
    void a_limit_that_is_not_used_up_says_nothing() {
        Map<String, String> headers = Map.of(
                "x-ratelimit-remaining-tokens",
                "1",
                "x-ratelimit-reset-tokens",
                "6m0s",
                "x-ratelimit-remaining-requests",
                "-1",
                "x-ratelimit-reset-requests",
                "1s",
                "anthropic-ratelimit-requests-remaining",
                "0",
                "anthropic-ratelimit-requests-reset",
                "Tomorrow");
        assertThat(RetryAfter.read(headers::get, ProviderError.EMPTY, NOW)).isEmpty();
    }

    private static ProviderError text(String message) {
        return new ProviderError(null, null, null, message, null, null, List.of());
    }
}
