package io.camelback.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The period of a quota. */
public enum QuotaPeriod {
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1)),
    MONTH(Duration.ofDays(30));

    /** As in the configuration. */
    public static final List<String> KEYS =
            Arrays.stream(values()).map(QuotaPeriod::key).toList();

    private final Duration sliding;

    QuotaPeriod(Duration sliding) {
        this.sliding = sliding;
    }

    /** As in the configuration: {@code minute}, {@code hour}, {@code day}, {@code month}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How long it is where it slides and goes by no calendar. */
    public Duration sliding() {
        return sliding;
    }
}
