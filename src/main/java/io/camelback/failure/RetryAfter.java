package io.camelback.failure;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads how long a provider asks to wait (docs/wire-formats.md 4.2; docs/failures.md S01 to S05). The first source that
 * can be read counts: {@code retry-after-ms} and {@code x-ms-retry-after-ms}, {@code retry-after} in seconds or as a
 * date, Google's {@code RetryInfo}, the error's text, and last the reset of a limit that stands at 0.
 */
public final class RetryAfter {
    /** No provider takes a deployment out for longer: a wrong header once kept an account in cooldown for days. */
    public static final Duration MAX = Duration.ofMinutes(15);

    private static final int SPAN_CHARS = 80;
    private static final Pattern IN_TEXT = Pattern.compile(
            "(?:try again|retry|retry again|wait)\\s(?:in|after|for)?\\s?(?=\\d)", Pattern.CASE_INSENSITIVE);

    private RetryAfter() {}

    /**
     * @param header the response's headers by lower-case name; null for one that is absent
     * @param now what a date is taken relative to when the response has no readable {@code Date} of its own
     * @return from zero to 15 minutes; empty when nothing was said that makes sense
     */
    public static Optional<Duration> read(Function<String, String> header, ProviderError error, Instant now) {
        List<Supplier<Optional<Duration>>> sources = List.of(
                () -> millis(header.apply("retry-after-ms")),
                () -> millis(header.apply("x-ms-retry-after-ms")),
                () -> secondsOrDate(header, now),
                () -> Optional.ofNullable(error.retryDelay()),
                () -> inText(error.text()),
                () -> RateLimitReset.ofRefusal(header, now));
        return sources.stream()
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst()
                .map(RetryAfter::capped);
    }

    /**
     * How long until the limits are full again of which an answer's headers say that nothing is left; empty when some
     * is.
     */
    public static Optional<Duration> usedUp(Function<String, String> header, Instant now) {
        return RateLimitReset.read(header, now).filter(wait -> !wait.isZero()).map(RetryAfter::capped);
    }

    /** Whether a header of the response itself asks to wait. */
    static boolean inHeader(Function<String, String> header, Instant now) {
        return millis(header.apply("retry-after-ms")).isPresent()
                || millis(header.apply("x-ms-retry-after-ms")).isPresent()
                || secondsOrDate(header, now).isPresent();
    }

    private static Optional<Duration> millis(String value) {
        return value == null ? Optional.empty() : WaitParser.millis(value);
    }

    private static Optional<Duration> secondsOrDate(Function<String, String> header, Instant now) {
        String value = header.apply("retry-after");
        if (value == null) {
            return Optional.empty();
        }
        Optional<Duration> seconds = WaitParser.seconds(value);
        return seconds.isPresent()
                ? seconds
                : date(value).flatMap(then -> {
                    Instant sent = Optional.ofNullable(header.apply("date"))
                            .flatMap(RetryAfter::date)
                            .orElse(now);
                    return Optional.of(Duration.between(sent, then)).filter(wait -> !wait.isNegative());
                });
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.strip())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> inText(String message) {
        Matcher phrase = IN_TEXT.matcher(message);
        while (phrase.find()) {
            int end = Math.min(message.length(), phrase.end() + SPAN_CHARS);
            Optional<Duration> wait = WaitParser.leadingSpan(message.substring(phrase.end(), end));
            if (wait.isPresent()) {
                return wait;
            }
        }
        return Optional.empty();
    }

    private static Duration capped(Duration wait) {
        return wait.compareTo(MAX) > 0 ? MAX : wait;
    }
}
