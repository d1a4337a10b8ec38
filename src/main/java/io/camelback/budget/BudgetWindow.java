package io.camelback.budget;

import io.camelback.config.BudgetPeriod;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * A day, a week or a month by the calendar of a time zone: it begins and ends at that zone's midnight, however many
 * hours that makes it (docs/failures.md K15). Weeks begin on Monday.
 *
 * @param starts the first moment of it
 * @param ends the first moment after it
 */
public record BudgetWindow(Instant starts, Instant ends) {

    /** The one that a moment belongs to. */
    public static BudgetWindow of(BudgetPeriod period, ZoneId zone, Instant moment) {
        LocalDate today = moment.atZone(zone).toLocalDate();
        LocalDate first = switch (period) {
            case DAY -> today;
            case WEEK -> today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> today.withDayOfMonth(1);
        };
        LocalDate next = switch (period) {
            case DAY -> first.plusDays(1);
            case WEEK -> first.plusWeeks(1);
            case MONTH -> first.plusMonths(1);
        };
        return new BudgetWindow(
                first.atStartOfDay(zone).toInstant(), next.atStartOfDay(zone).toInstant());
    }
}
