package io.camelback.chaos;

import java.util.Locale;

/**
 * A fault of a schedule.
 *
 * @param atMillis when it begins, from the schedule's beginning
 * @param forMillis how long it lasts
 * @param target which gateway or provider it strikes, from 0
 * @param variant the index of one of its kind's variants; 0 where there are none
 */
record ScheduledFault(int atMillis, int forMillis, FaultKind kind, int target, int variant) {

    int endsAtMillis() {
        return atMillis + forMillis;
    }

    /** The variant's own words; empty where there are none. */
    String detail() {
        return kind.variants.isEmpty() ? "" : kind.variants.get(variant);
    }

    /** As {@code 1.250 s kill, gateway 1, for 0.800 s}. */
    String text() {
        String whom = switch (kind.target) {
            case PROCESS, GATEWAY -> ", gateway " + (target + 1);
            case PROVIDER -> ", provider " + (target + 1);
            default -> "";
        };
        String what = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return String.format(
                Locale.ROOT,
                "%6.3f s %s%s%s, for %.3f s",
                atMillis / 1e3,
                what,
                detail().isEmpty()
                        ? ""
                        : " (" + detail().toLowerCase(Locale.ROOT).replace('_', ' ') + ")",
                whom,
                forMillis / 1e3);
    }
}
