package io.camelback.cli;

import io.camelback.cli.Terminal.Ink;
import io.camelback.routing.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One thing that was tried, in a few words; several in a row that differ in nothing are one.
 *
 * @param what  the deployment and what became of it
 * @param times how often
 */
record Tried(String what, int times, Ink ink) {

    static List<Tried> of(List<Attempt> attempts) {
        List<Tried> all = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Tried next = of(attempt);
            Tried last = all.isEmpty() ? null : all.get(all.size() - 1);
            if (last != null && last.what.equals(next.what)) {
                all.set(all.size() - 1, new Tried(last.what, last.times + 1, last.ink));
            } else {
                all.add(next);
            }
        }
        return all;
    }

    private static Tried of(Attempt attempt) {
        return switch (attempt.outcome()) {
            case ANSWERED -> new Tried(attempt.deployment() + " " + attempt.why(), 1, Ink.GOOD);
            case FAILED -> new Tried(attempt.deployment() + " " + attempt.why(), 1, Ink.BAD);
            case SKIPPED -> new Tried(attempt.deployment() + " " + skipped(attempt), 1, Ink.WARN);
        };
    }

    private static String skipped(Attempt attempt) {
        return attempt.until() == null ? attempt.why() : "parked " + seconds(attempt.until()) + " more";
    }

    /** Such as {@code 2.6 s}. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    String shown(Terminal terminal) {
        return times == 1 ? what : what + " " + terminal.times() + times;
    }

    /** All of it in one line of ASCII. */
    static String text(List<Attempt> attempts) {
        Terminal plain = new Terminal(false, false);
        return of(attempts).stream().map(tried -> tried.shown(plain)).collect(Collectors.joining(" -> "));
    }
}
