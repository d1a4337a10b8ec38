package io.camelback.quota;

import io.camelback.config.QuotaPeriod;
import io.camelback.config.QuotaSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One quota of a deployment or a client key.
 *
 * @param subject {@code deployment:glm} or {@code key:key_1a2b3c4d}
 * @param limit how many there may be in a window
 */
public record Quota(String subject, Kind kind, QuotaPeriod span, long limit, boolean sliding) {
    /** In so many parts a sliding window moves on; it may come out longer by one of them, never shorter. */
    private static final int PARTS = 60;

    /** What is counted. */
    public enum Kind {
        REQUESTS,
        TOKENS;

        /** As in headers and messages. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Where something counts that happens now.
     *
     * @param from the beginning of the oldest part that still counts, as Unix time in milliseconds; the same as
     *     {@code starts} for a window of the calendar
     * @param ends the first moment at which it does not count any more
     */
    record Slot(long from, long starts, long ends) {}

    /** All of somebody's quotas, in an order that everybody keeps to, so that no two gateways wait for each other. */
    static List<Quota> of(String whose, QuotaSettings limits) {
        List<Quota> quotas = new ArrayList<>();
        limits.requests()
                .forEach((span, most) -> quotas.add(new Quota(whose, Kind.REQUESTS, span, most, limits.sliding())));
        limits.tokens()
                .forEach((span, most) -> quotas.add(new Quota(whose, Kind.TOKENS, span, most, limits.sliding())));
        quotas.sort(Comparator.comparing(Quota::id));
        return quotas;
    }

    /** Under which it is counted. */
    String id() {
        return subject + ":" + kind.key() + ":" + span.key() + (sliding ? ":sliding" : "");
    }

    Slot slot(Instant now, ZoneId zone) {
        if (!sliding) {
            ZonedDateTime here = now.atZone(zone);
            ZonedDateTime starts = switch (span) {
                case MINUTE -> here.truncatedTo(ChronoUnit.MINUTES);
                case HOUR -> here.truncatedTo(ChronoUnit.HOURS);
                case DAY -> here.toLocalDate().atStartOfDay(zone);
                case MONTH -> here.toLocalDate().withDayOfMonth(1).atStartOfDay(zone);
            };
            ZonedDateTime ends = switch (span) {
                case MINUTE -> starts.plusMinutes(1);
                case HOUR -> starts.plusHours(1);
                case DAY -> starts.toLocalDate().plusDays(1).atStartOfDay(zone);
                case MONTH -> starts.toLocalDate().plusMonths(1).atStartOfDay(zone);
            };
            long first = starts.toInstant().toEpochMilli();
            return new Slot(first, first, ends.toInstant().toEpochMilli());
        }
        long length = span.sliding().toMillis();
        long part = length / PARTS;
        long starts = Math.floorDiv(now.toEpochMilli(), part) * part;
        return new Slot(Math.floorDiv(now.toEpochMilli() - length, part) * part, starts, starts + part + length);
    }

    /** How long until something that counted from {@code oldest} on does not count any more. */
    Duration left(Slot slot, long oldest, Instant now) {
        long ends =
                sliding ? oldest + span.sliding().toMillis() + span.sliding().toMillis() / PARTS : slot.ends();
        return Duration.ofMillis(Math.max(1, ends - now.toEpochMilli()));
    }

    /** {@code 50 requests a day}. */
    @Override
    public String toString() {
        String what = limit == 1 ? kind.key().substring(0, kind.key().length() - 1) : kind.key();
        return limit + " " + what + (span == QuotaPeriod.HOUR ? " an " : " a ") + span.key();
    }
}
