package io.camelback.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.cli.terminal.TerminalStyle.Ink;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Formats a gateway's state as text: deployments out of service first, then active ones, then the latest requests. */
public final class StateView {
    private static final int NAME = 24;
    private static final int STATE = 18;
    private static final int REQUESTS = 8;
    private static final int LIMIT = 44;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final TerminalStyle terminal;
    private final int width;
    private final ZoneId zone;

    /** @param width in characters; longer lines are cut */
    public StateView(TerminalStyle terminal, int width, ZoneId zone) {
        this.terminal = terminal;
        this.width = width;
        this.zone = zone;
    }

    /** Whether nothing is out of service, the last edit was taken, and every request got an answer. */
    public static boolean well(JsonNode state) {
        for (JsonNode deployment : state.path("deployments")) {
            if (deployment.path("usable").asBoolean()
                    && !DeploymentStateLabel.of(deployment).equals(DeploymentStateLabel.OK)) {
                return false;
            }
        }
        return !state.hasNonNull("problem") && state.at("/summary/failed").asLong() == 0;
    }

    public List<String> lines(JsonNode state) {
        List<String> lines = new ArrayList<>();
        lines.add(head(state));
        lines.add(paint(Ink.PLAIN, summary(state.path("summary"))));
        if (state.hasNonNull("problem")) {
            lines.add(paint(
                    Ink.BAD,
                    "The last edit was rejected: "
                            + state.path("problem").asText().replaceAll("\\s+", " ")));
        }
        lines.add("");
        deployments(state.path("deployments"), lines);
        lines.add("");
        chains(state.path("chains"), lines);
        limits(state, lines);
        if (!state.path("requests").isEmpty()) {
            lines.add("");
            requests(state.path("requests"), lines);
        }
        return lines;
    }

    private String head(JsonNode state) {
        Duration up = Duration.between(
                Instant.parse(state.path("started_at").asText()),
                Instant.parse(state.path("at").asText()));
        return paint(
                Ink.BOLD, "Camelback, version " + state.path("version").asText() + " of its files, up " + shown(up));
    }

    private static String shown(Duration up) {
        return up.toHours() > 0
                ? up.toHours() + " h " + up.toMinutesPart() + " min"
                : up.toMinutes() > 0 ? up.toMinutes() + " min" : up.toSeconds() + " s";
    }

    private static String summary(JsonNode summary) {
        long requests = summary.path("requests").asLong();
        List<String> parts = new ArrayList<>();
        parts.add(String.format(
                Locale.ROOT,
                "%,d requests in %d min",
                requests,
                summary.path("minutes").asInt()));
        if (requests > 0) {
            parts.add(String.format(
                    Locale.ROOT,
                    "%.1f %% fell back",
                    100.0 * summary.path("fell_back").asLong() / requests));
        }
        for (String result : new String[] {"failed", "degraded", "broken", "cancelled"}) {
            if (summary.path(result).asLong() > 0) {
                parts.add(summary.path(result).asLong() + " " + result);
            }
        }
        parts.add(summary.path("in_flight").asLong() + " in flight");
        parts.add(dollars(summary.path("micro_dollars").asLong()));
        long extra = summary.path("extra_micro_dollars").asLong();
        if (extra != 0) {
            parts.add((extra > 0 ? "+" : "-") + dollars(Math.abs(extra)) + " by falling back");
        }
        return String.join(", ", parts);
    }

    private static String dollars(long micro) {
        BigDecimal dollars = BigDecimal.valueOf(micro, 6);
        return "$"
                + dollars.setScale(micro < 1_000_000 ? 4 : 2, RoundingMode.HALF_UP)
                        .toPlainString();
    }

    /** Those that have done something, or are out of service; of the others, how many. */
    private void deployments(JsonNode all, List<String> lines) {
        lines.add(paint(
                Ink.BOLD,
                TextCells.column("Deployment", NAME)
                        + TextCells.column("State", STATE)
                        + String.format(
                                "%9s %9s %8s %8s %8s  %s",
                                "in flight", "answered", "failed", "p50", "p99", "last failure")));
        int idle = 0;
        int keyless = 0;
        List<String> working = new ArrayList<>();
        List<String> out = new ArrayList<>();
        for (JsonNode one : all) {
            DeploymentStateLabel state = DeploymentStateLabel.of(one);
            boolean idles = one.path("answered").asLong()
                            + one.path("failed").asLong()
                            + one.path("in_flight").asLong()
                    == 0;
            if (!one.path("usable").asBoolean()) {
                keyless++;
            } else if (!state.equals(DeploymentStateLabel.OK)) {
                out.add(deployment(one, state));
            } else if (idles) {
                idle++;
            } else {
                working.add(deployment(one, state));
            }
        }
        lines.addAll(out);
        lines.addAll(working);
        lines.add(paint(Ink.DIM, idle + " more are ready" + (keyless > 0 ? ", " + keyless + " have no key" : "")));
    }

    private String deployment(JsonNode one, DeploymentStateLabel state) {
        JsonNode last = one.path("last_failure");
        String text = TextCells.column(one.path("name").asText(), NAME)
                + TextCells.column(state.text(), STATE)
                + String.format(
                        Locale.ROOT,
                        "%9d %9d %8d %8s %8s  %s",
                        one.path("in_flight").asInt(),
                        one.path("answered").asInt(),
                        one.path("failed").asInt(),
                        millis(one.path("p50_ms")),
                        millis(one.path("p99_ms")),
                        last.isMissingNode()
                                ? ""
                                : time(last.path("at").asText()) + " "
                                        + last.path("why").asText());
        return paint(state.ink(), text);
    }

    private void chains(JsonNode all, List<String> lines) {
        lines.add(paint(Ink.BOLD, TextCells.column("Chain", NAME) + String.format("%9s  %s", "asked", "who answers")));
        for (JsonNode chain : all) {
            if (chain.path("asked").asLong() == 0) {
                continue;
            }
            List<String> links = new ArrayList<>();
            for (JsonNode link : chain.path("links")) {
                links.add(link.path("name").asText().replace("degraded-answer-action", "static text")
                        + String.format(
                                Locale.ROOT, " %.0f%%", 100 * link.path("share").asDouble()));
            }
            lines.add(paint(
                    Ink.PLAIN,
                    TextCells.column(chain.path("name").asText(), NAME)
                            + String.format(
                                    Locale.ROOT, "%9d  ", chain.path("asked").asLong())
                            + String.join(" " + terminal.arrow() + " ", links)));
        }
    }

    private void limits(JsonNode state, List<String> lines) {
        if (state.path("budgets").isEmpty() && state.path("quotas").isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(paint(
                Ink.BOLD,
                TextCells.column("Budget, quota", LIMIT) + String.format("%12s %12s  %s", "used", "left", "until")));
        for (JsonNode one : state.path("budgets")) {
            long left = Math.max(
                    0,
                    one.path("cap_micro_dollars").asLong()
                            - one.path("spent_micro_dollars").asLong()
                            - one.path("reserved_micro_dollars").asLong());
            lines.add(limit(
                    one.path("period").asText() + " of " + one.path("scope").asText() + " "
                            + one.path("name").asText(""),
                    dollars(one.path("spent_micro_dollars").asLong()),
                    one.path("exhausted").asBoolean() ? "used up" : dollars(left),
                    one,
                    one.path("exhausted").asBoolean()));
        }
        for (JsonNode one : state.path("quotas")) {
            boolean none = one.path("left").asLong() == 0;
            lines.add(limit(
                    one.path("quota").asText() + " of " + one.path("deployment").asText(),
                    String.format(Locale.ROOT, "%,d", one.path("used").asLong()),
                    one.path("cools_down").asBoolean()
                            ? "cools down"
                            : String.format(Locale.ROOT, "%,d", one.path("left").asLong()),
                    one,
                    none));
        }
    }

    private String limit(String what, String used, String left, JsonNode of, boolean out) {
        return paint(
                out ? Ink.WARN : Ink.PLAIN,
                TextCells.column(what, LIMIT)
                        + String.format(
                                "%12s %12s  %s",
                                used,
                                left,
                                MINUTE.format(
                                        Instant.parse(of.path("until").asText()).atZone(zone))));
    }

    private void requests(JsonNode all, List<String> lines) {
        lines.add(paint(Ink.BOLD, "Latest requests"));
        int shown = 0;
        for (JsonNode one : all) {
            if (shown++ == REQUESTS) {
                return;
            }
            List<String> turns = new ArrayList<>();
            one.path("attempts")
                    .forEach(turn -> turns.add(turn.path("deployment").asText() + " "
                            + turn.path("reason").asText()));
            String result = one.path("result").asText();
            Ink ink = result.equals("answered") ? Ink.PLAIN : result.equals("degraded") ? Ink.WARN : Ink.BAD;
            lines.add(paint(
                    ink,
                    time(one.path("at").asText()) + " "
                            + TextCells.column(one.path("chain").asText(), 16) + TextCells.column(result, 10)
                            + String.format("%9s  ", millis(one.path("took_ms")))
                            + String.join(" " + terminal.arrow() + " ", turns)));
        }
    }

    private static String millis(JsonNode value) {
        return value.isMissingNode() ? "-" : String.format(Locale.ROOT, "%,d ms", value.asLong());
    }

    private String time(String at) {
        return TIME.format(Instant.parse(at).atZone(zone));
    }

    private String paint(Ink ink, String text) {
        return terminal.paint(ink, terminal.cut(text, width).stripTrailing());
    }
}
