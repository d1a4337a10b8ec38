package io.camelback.failure;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations as providers write them. Nothing here overflows: what is longer than a year is a year. */
final class WaitParser {
    private static final double YEAR_MILLIS = 365d * 24 * 3_600_000;
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,400}(?:\\.\\d{0,400})?|\\.\\d{1,400}");
    private static final String UNIT = "ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?";
    private static final Pattern SPAN = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?) ?(" + UNIT + ")(?![a-z]) ?");

    private WaitParser() {}

    static Optional<Duration> seconds(String text) {
        return decimal(text, 1_000);
    }

    static Optional<Duration> millis(String text) {
        return decimal(text, 1);
    }

    private static Optional<Duration> decimal(String text, int unitMillis) {
        String digits = text.strip();
        boolean readable = DECIMAL.matcher(digits).matches();
        return readable ? Optional.of(ofMillis(Double.parseDouble(digits) * unitMillis)) : Optional.empty();
    }

    /** A wait with units at the start of a text: {@code 6m0s}, {@code 12ms}, {@code 34.07s}, {@code 20 seconds}. */
    static Optional<Duration> leadingSpan(String text) {
        Matcher span = SPAN.matcher(text.toLowerCase(Locale.ROOT));
        double millis = 0;
        int end = 0;
        while (span.find() && span.start() == end) {
            millis += Double.parseDouble(span.group(1)) * unitMillis(span.group(2));
            end = span.end();
        }
        return end == 0 ? Optional.empty() : Optional.of(ofMillis(millis));
    }

    private static long unitMillis(String unit) {
        if (unit.startsWith("ms") || unit.startsWith("mil")) {
            return 1;
        }
        return switch (unit.charAt(0)) {
            case 's' -> 1_000;
            case 'm' -> 60_000;
            case 'h' -> 3_600_000;
            default -> 86_400_000;
        };
    }

    private static Duration ofMillis(double millis) {
        return Duration.ofNanos(Math.round(Math.min(millis, YEAR_MILLIS) * 1_000_000));
    }
}
