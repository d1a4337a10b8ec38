package io.camelback.cli.terminal;

import io.camelback.attempt.AttemptResult;
import io.camelback.cli.terminal.TerminalStyle.Ink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Summarizes attempts in a few words. Turns in a row that differ in nothing are one, and so are three or more
 * deployments that failed with the same status, as often.
 *
 * @param who the deployments, one unless they failed alike
 * @param what what became of it
 * @param status the provider's HTTP status; 0 when there was none
 * @param times how often each was asked
 */
public record AttemptSummary(List<String> who, String what, int status, int times, Ink ink) {
    private static final int ALIKE = 3;

    public static List<AttemptSummary> of(List<AttemptResult> attempts) {
        List<AttemptSummary> turns = new ArrayList<>();
        for (AttemptResult attempt : attempts) {
            AttemptSummary next = of(attempt);
            AttemptSummary last = turns.isEmpty() ? null : turns.get(turns.size() - 1);
            if (last != null && last.who.equals(next.who) && last.what.equals(next.what)) {
                turns.set(
                        turns.size() - 1,
                        new AttemptSummary(last.who, last.what, last.status, last.times + 1, last.ink));
            } else {
                turns.add(next);
            }
        }
        return alike(turns);
    }

    private static AttemptSummary of(AttemptResult attempt) {
        List<String> who = List.of(attempt.deployment());
        return switch (attempt.outcome()) {
            case ANSWERED -> new AttemptSummary(who, attempt.detail(), attempt.status(), 1, Ink.GOOD);
            case FAILED -> new AttemptSummary(who, attempt.detail(), attempt.status(), 1, Ink.BAD);
            case SKIPPED -> new AttemptSummary(who, skipped(attempt), 0, 1, Ink.WARN);
        };
    }

    private static String skipped(AttemptResult attempt) {
        return attempt.until() == null ? attempt.detail() : "cooldown " + seconds(attempt.until()) + " more";
    }

    private static List<AttemptSummary> alike(List<AttemptSummary> turns) {
        List<AttemptSummary> all = new ArrayList<>();
        int to;
        for (int from = 0; from < turns.size(); from = to) {
            AttemptSummary first = turns.get(from);
            to = from + 1;
            while (to < turns.size() && first.failedLike(turns.get(to))) {
                to++;
            }
            if (to - from < ALIKE) {
                all.addAll(turns.subList(from, to));
            } else {
                List<String> who = turns.subList(from, to).stream()
                        .flatMap(turn -> turn.who.stream())
                        .toList();
                all.add(new AttemptSummary(who, String.valueOf(first.status), first.status, first.times, first.ink));
            }
        }
        return all;
    }

    private boolean failedLike(AttemptSummary other) {
        return ink == Ink.BAD && other.ink == Ink.BAD && status > 0 && status == other.status && times == other.times;
    }

    /** Such as {@code 2.6 s}. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    public String shown(TerminalStyle terminal) {
        String colon = who.size() == 1 ? " " : ": ";
        return String.join(", ", who) + colon + what + (times == 1 ? "" : " " + terminal.times() + times);
    }

    /** All of it in one line of ASCII. */
    public static String text(List<AttemptResult> attempts) {
        TerminalStyle plain = new TerminalStyle(false, false);
        return of(attempts).stream().map(tried -> tried.shown(plain)).collect(Collectors.joining(" -> "));
    }
}
