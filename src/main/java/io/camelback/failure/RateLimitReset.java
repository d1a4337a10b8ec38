package io.camelback.failure;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** When the limits of the rate-limit headers that stand at 0 are full again (docs/wire-formats.md 4.4). */
final class RateLimitReset {
    private static final List<String> OPENAI = List.of("requests", "tokens");
    private static final List<String> ANTHROPIC = List.of("requests", "tokens", "input-tokens", "output-tokens");

    private RateLimitReset() {}

    /** The longest wait among the limits that are used up; empty when none is. */
    static Optional<Duration> read(Function<String, String> header, Instant now) {
        Stream<Optional<Duration>> openai = OPENAI.stream()
                .map(limit -> usedUp(header, "x-ratelimit-remaining-" + limit, "x-ratelimit-reset-" + limit, now));
        Stream<Optional<Duration>> anthropic = ANTHROPIC.stream()
                .map(limit -> usedUp(
                        header,
                        "anthropic-ratelimit-" + limit + "-remaining",
                        "anthropic-ratelimit-" + limit + "-reset",
                        now));
        return Stream.concat(openai, anthropic).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }

    private static Optional<Duration> usedUp(
            Function<String, String> header, String remaining, String reset, Instant now) {
        String left = header.apply(remaining);
        String value = header.apply(reset);
        if (left == null || value == null || !left.strip().equals("0")) {
            return Optional.empty();
        }
        return wait(value.strip(), now).filter(wait -> !wait.isNegative());
    }

    private static Optional<Duration> wait(String value, Instant now) {
        if (value.indexOf('T') > 0) {
            try {
                return Optional.of(Duration.between(now, Instant.parse(value)));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
        Optional<Duration> seconds = WaitParser.seconds(value);
        return seconds.isPresent() ? seconds : WaitParser.leadingSpan(value);
    }
}
