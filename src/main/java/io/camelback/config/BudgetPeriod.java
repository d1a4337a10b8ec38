package io.camelback.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The period of a budget, by the calendar of its time zone. */
public enum BudgetPeriod {
    DAY,
    WEEK,
    MONTH;

    public static final List<String> KEYS =
            Arrays.stream(values()).map(BudgetPeriod::key).toList();

    /** As in the configuration: {@code day}, {@code week}, {@code month}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
