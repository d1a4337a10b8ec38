package io.camelback.config.yaml;

import io.camelback.config.yaml.ValueKind.Form;
import io.camelback.config.yaml.ValueParser.UnreadableValueException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parsers for the types of values in the file. Exact: no value goes through a double. */
public final class ValueParsers {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Map<String, ChronoUnit> TIME_UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);
    private static final Pattern DAYS_PATTERN = Pattern.compile("(\\d{1,5})d");
    public static final Duration LONGEST = Duration.ofHours(24);
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(KiB|MiB|GiB|KB|MB|GB|B)?");
    private static final Map<String, Long> SIZE_UNITS = Map.of(
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30,
            "KB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "B",
            1L);
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d[\\d_]{0,18}");
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{1,3})?");
    private static final Pattern DOLLARS_PATTERN = Pattern.compile("\\d{1,9}(\\.\\d{1,18})?");
    private static final BigDecimal DEAREST = new BigDecimal(10_000);

    /** {@link #delay}. */
    public static final ValueParser<Duration> DELAY = ValueParser.of(ValueKind.of(Form.DURATION), ValueParsers::delay);
    /** {@link #timer}. */
    public static final ValueParser<Duration> TIMER = ValueParser.of(ValueKind.of(Form.DURATION), ValueParsers::timer);
    /** {@link #days}. */
    public static final ValueParser<Duration> DAYS = ValueParser.of(ValueKind.of(Form.DAYS), ValueParsers::days);
    /** {@link #microDollars}. */
    public static final ValueParser<Long> MICRO_DOLLARS =
            ValueParser.of(ValueKind.of(Form.DOLLARS), ValueParsers::microDollars);
    /** {@link #dollars}. */
    public static final ValueParser<Long> DOLLARS = ValueParser.of(ValueKind.of(Form.DOLLARS), ValueParsers::dollars);
    /** {@link #flag}. */
    public static final ValueParser<Boolean> FLAG = ValueParser.of(ValueKind.of(Form.FLAG), ValueParsers::flag);

    private ValueParsers() {}

    /** A duration, at most a day; zero is one. */
    public static Duration delay(String text) throws UnreadableValueException {
        if (text.startsWith("-")) {
            throw new UnreadableValueException(
                    "is negative", "A duration cannot be negative: write one such as 500ms, 20s, 2m or 1h");
        }
        if (text.matches("\\d+")) {
            throw new UnreadableValueException("has no unit", "Add one: 500ms, 20s, 2m or 1h");
        }
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new UnreadableValueException(
                    "is not a duration", "Write a whole number and its unit: 500ms, 20s, 2m or 1h");
        }
        Duration duration = Duration.of(Long.parseLong(matcher.group(1)), TIME_UNITS.get(matcher.group(2)));
        if (duration.compareTo(LONGEST) > 0) {
            throw new UnreadableValueException("is longer than a day", "Write at most 24h");
        }
        return duration;
    }

    /** A duration that a timer can have: not zero. */
    public static Duration timer(String text) throws UnreadableValueException {
        Duration duration = delay(text);
        if (duration.isZero()) {
            throw new UnreadableValueException("would run out at once", "Write a duration above zero");
        }
        return duration;
    }

    /** Whole days, at least one: {@code 400d}. */
    public static Duration days(String text) throws UnreadableValueException {
        Matcher matcher = DAYS_PATTERN.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
            throw new UnreadableValueException(
                    "is no number of days", "Write at least one, with its unit, such as 400d");
        }
        return Duration.ofDays(Integer.parseInt(matcher.group(1)));
    }

    /** A number of bytes: {@code 32MiB}, {@code 32MB} or plain. */
    public static ValueParser<Long> size(long min, long max) {
        return ValueParser.of(ValueKind.between(Form.SIZE, min, max), text -> {
            Matcher matcher = SIZE.matcher(text);
            if (!matcher.matches()) {
                throw new UnreadableValueException(
                        "is not a size", "Write a whole number with its unit, 32MiB or 32MB, or plain bytes");
            }
            String unit = matcher.group(2) == null ? "B" : matcher.group(2);
            return inRange(new BigDecimal(matcher.group(1)).multiply(new BigDecimal(SIZE_UNITS.get(unit))), min, max);
        });
    }

    /** A whole number; {@code 200_000} is one, too. */
    public static ValueParser<Integer> whole(int min, int max) {
        return ValueParser.of(ValueKind.between(Form.WHOLE, min, max), text -> {
            if (!WHOLE.matcher(text).matches()) {
                throw new UnreadableValueException(
                        "is not a whole number", "Write digits only, between " + min + " and " + max);
            }
            return (int) inRange(new BigDecimal(text.replace("_", "")), min, max);
        });
    }

    /** A share: {@code 40%}. */
    public static ValueParser<Integer> percent(int min, int max) {
        return ValueParser.of(ValueKind.between(Form.PERCENT, min, max), text -> {
            if (!text.matches("\\d{1,3}\\s?%")) {
                throw new UnreadableValueException(
                        "is not a share", "Write a whole number and %, between " + min + "% and " + max + "%");
            }
            return (int) inRange(new BigDecimal(text.replace("%", "").trim()), min, max);
        });
    }

    /** A number that is not negative, with up to three decimals. */
    public static ValueParser<BigDecimal> decimal(BigDecimal max) {
        return ValueParser.of(ValueKind.between(Form.DECIMAL, 0, max.longValue()), text -> {
            if (!DECIMAL.matcher(text).matches()) {
                throw new UnreadableValueException(
                        "is not a number", "Write one between 0 and " + max + ", with up to three decimals");
            }
            BigDecimal value = new BigDecimal(text);
            if (value.compareTo(max) > 0) {
                throw new UnreadableValueException("is out of range", "Write a value between 0 and " + max);
            }
            return value;
        });
    }

    private static long inRange(BigDecimal value, long min, long max) throws UnreadableValueException {
        if (value.compareTo(new BigDecimal(min)) < 0 || value.compareTo(new BigDecimal(max)) > 0) {
            throw new UnreadableValueException("is out of range", "Write a value between " + min + " and " + max);
        }
        return value.longValueExact();
    }

    /** Dollars per million tokens, as micro-dollars per million tokens. */
    public static Long microDollars(String text) throws UnreadableValueException {
        if (!DOLLARS_PATTERN.matcher(text).matches()) {
            throw new UnreadableValueException(
                    "is not an amount of dollars", "Write dollars per million tokens, such as 0.075");
        }
        BigDecimal dollars = new BigDecimal(text);
        if (dollars.compareTo(DEAREST) > 0) {
            throw new UnreadableValueException(
                    "is more than any model costs", "Write dollars per million tokens, at most " + DEAREST);
        }
        BigDecimal micros = dollars.movePointRight(6).stripTrailingZeros();
        if (micros.scale() > 0) {
            throw new UnreadableValueException("is finer than a millionth of a dollar", "Write at most six decimals");
        }
        return micros.longValueExact();
    }

    /** An amount of dollars, as micro-dollars. */
    public static Long dollars(String text) throws UnreadableValueException {
        if (!DOLLARS_PATTERN.matcher(text).matches()) {
            throw new UnreadableValueException("is not an amount of dollars", "Write dollars, such as 20 or 7.50");
        }
        BigDecimal micros = new BigDecimal(text).movePointRight(6).stripTrailingZeros();
        if (micros.scale() > 0) {
            throw new UnreadableValueException("is finer than a millionth of a dollar", "Write at most six decimals");
        }
        return micros.longValueExact();
    }

    public static Boolean flag(String text) throws UnreadableValueException {
        if (!text.equals("true") && !text.equals("false")) {
            throw new UnreadableValueException("is neither true nor false", "Write true or false");
        }
        return text.equals("true");
    }

    public static ValueParser<String> oneOf(Collection<String> allowed) {
        return ValueParser.of(ValueKind.oneOf(allowed), text -> {
            if (!allowed.contains(text)) {
                throw new UnreadableValueException("is unknown", SpellingSuggestion.hint(text, allowed));
            }
            return text;
        });
    }
}
