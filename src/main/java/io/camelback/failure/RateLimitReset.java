package io.camelback.failure;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * When the limits of the rate-limit headers that are used up are full again (docs/wire-formats.md 4.4), in the names
 * and forms of all known vendors: seconds, spans, dates, and points in time as Unix seconds or milliseconds.
 *
 * @see <a href="https://docs.claude.com/en/api/rate-limits">Anthropic</a>
 * @see <a href="https://openrouter.ai/docs/api-reference/limits">OpenRouter</a>
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">the IETF's draft</a>
 */
final class RateLimitReset {
    private static final String UNIFIED = "anthropic-ratelimit-unified-";
    private static final Pattern STRUCTURED = Pattern.compile("(?:^|[;,\\s])(r|remaining|t|reset)=(\\d{1,13})");
    /** What is larger is a point in time, not a wait. */
    private static final double EPOCH_SECONDS = 1e9;

    private static final double EPOCH_MILLIS = 1e12;

    /** @param remaining the header of what is left. @param reset the header of when it is full again */
    private record Limit(String remaining, String reset) {}

    private static final List<Limit> LIMITS = Stream.concat(
                    Stream.of(
                                    "requests",
                                    "tokens",
                                    "input-tokens",
                                    "output-tokens",
                                    "requests-day",
                                    "requests-hour",
                                    "requests-minute",
                                    "tokens-day",
                                    "tokens-hour",
                                    "tokens-minute")
                            .flatMap(what -> Stream.of(
                                    new Limit("x-ratelimit-remaining-" + what, "x-ratelimit-reset-" + what),
                                    new Limit(
                                            "anthropic-ratelimit-" + what + "-remaining",
                                            "anthropic-ratelimit-" + what + "-reset"))),
                    Stream.of(
                            new Limit("x-ratelimit-remaining", "x-ratelimit-reset"),
                            new Limit("x-rate-limit-remaining", "x-rate-limit-reset"),
                            new Limit("ratelimit-remaining", "ratelimit-reset"),
                            new Limit("ratelimitbysize-remaining", "ratelimitbysize-reset"),
                            new Limit("x-ratelimitbysize-remaining-minute", "x-ratelimitbysize-reset")))
            .toList();

    private RateLimitReset() {}

    /** The longest wait among the limits of which nothing is left; empty when there is none. */
    static Optional<Duration> read(Function<String, String> header, Instant now) {
        return read(header, now, false);
    }

    /** As {@link #read(Function, Instant)}, of a refusal: a limit that does not say what is left counts, too. */
    static Optional<Duration> ofRefusal(Function<String, String> header, Instant now) {
        return isAccounts(header) ? wait(header.apply(UNIFIED + "reset"), now) : read(header, now, true);
    }

    /** Whether a subscription's limit is used up, which all its models share. */
    static boolean isAccounts(Function<String, String> header) {
        String status = header.apply(UNIFIED + "status");
        return status != null && status.strip().equalsIgnoreCase("rejected");
    }

    private static Optional<Duration> read(Function<String, String> header, Instant now, boolean refused) {
        Stream<Optional<Duration>> named = LIMITS.stream()
                .filter(limit -> isUsedUp(header.apply(limit.remaining()), refused))
                .map(limit -> wait(header.apply(limit.reset()), now));
        return Stream.concat(named, Stream.of(structured(header.apply("ratelimit"), now)))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    private static boolean isUsedUp(String left, boolean refused) {
        return left == null ? refused : left.strip().matches("-?0+(\\.0+)?");
    }

    /**
     * The IETF's one header: {@code "default";r=0;t=50}, in earlier drafts {@code limit=100, remaining=0, reset=50}.
     */
    private static Optional<Duration> structured(String value, Instant now) {
        if (value == null) {
            return Optional.empty();
        }
        String left = null;
        String reset = null;
        Matcher field = STRUCTURED.matcher(value);
        while (field.find()) {
            if (field.group(1).startsWith("r") && !field.group(1).equals("reset")) {
                left = field.group(2);
            } else {
                reset = field.group(2);
            }
        }
        return isUsedUp(left, false) ? wait(reset, now) : Optional.empty();
    }

    private static Optional<Duration> wait(String header, Instant now) {
        if (header == null) {
            return Optional.empty();
        }
        String value = header.strip();
        return read(value, now).filter(wait -> !wait.isNegative());
    }

    private static Optional<Duration> read(String value, Instant now) {
        if (value.indexOf('T') > 0) {
            try {
                return Optional.of(Duration.between(now, Instant.parse(value)));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
        Optional<Duration> seconds = WaitParser.seconds(value);
        if (seconds.isEmpty()) {
            return WaitParser.leadingSpan(value);
        }
        double number = Double.parseDouble(value);
        if (number < EPOCH_SECONDS) {
            return seconds;
        }
        long millis = (long) (number >= EPOCH_MILLIS ? number : number * 1000);
        return Optional.of(Duration.between(now, Instant.ofEpochMilli(millis)));
    }
}
