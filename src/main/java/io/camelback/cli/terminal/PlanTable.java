package io.camelback.cli.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.cli.terminal.TerminalStyle.Ink;
import java.util.ArrayList;
import java.util.List;

/** Formats a plan as text: one line for each link, then the attempts if there were any. */
public final class PlanTable {
    private static final String ROW = "%3s  %-22s %-16s %-44s %12s %12s %9s";

    private final TerminalStyle terminal;

    public PlanTable(TerminalStyle terminal) {
        this.terminal = terminal;
    }

    public List<String> lines(JsonNode plan) {
        List<String> lines = new ArrayList<>();
        if (plan.has("replay_of")) {
            lines.add(plan.path("id").asText() + " was given the answer to "
                    + plan.path("replay_of").asText() + " again, by its" + " Idempotency-Key: "
                    + plan.path("replayed_status").asInt() + ". That one:");
        }
        JsonNode complexity = plan.path("complexity");
        lines.add(plan.path("asked").asText() + " " + terminal.arrow() + " "
                + plan.path("chain").asText() + ", complexity "
                + complexity.path("score").asText("-") + ", task "
                + complexity.path("task").asText("unknown")
                + (plan.has("tokens") ? ", " + plan.path("tokens").asLong() + " tokens" : ""));
        complexity
                .path("parts")
                .forEach(part -> lines.add("     " + part.path("points").asText() + "  "
                        + part.path("name").asText() + ": " + part.path("why").asText()));
        lines.add("");
        lines.add(terminal.paint(Ink.BOLD, row("", "link", "in", "asked?", "expected $", "at worst $", "time")));
        int number = 0;
        for (JsonNode link : plan.path("plan")) {
            number++;
            lines.add(terminal.paint(link.path("kept").asBoolean() ? Ink.PLAIN : Ink.DIM, line(number, link)));
            link.path("features")
                    .properties()
                    .forEach(way -> lines.add(
                            terminal.paint(Ink.DIM, "       " + way.getKey() + ": " + joined(way.getValue()))));
            link.path("warnings").forEach(warning -> lines.add("       warning: " + warning.asText()));
            List<String> limits = link.path("limits").findValuesAsText("limit");
            if (!limits.isEmpty()) {
                lines.add(terminal.paint(Ink.DIM, "       fitted to: " + String.join(", ", limits)));
            }
        }
        happened(plan, lines);
        return lines;
    }

    private String line(int number, JsonNode link) {
        String asked = link.path("kept").asBoolean()
                ? "yes"
                : "no: " + link.path("why").asText();
        String time = link.has("slice_ms") ? link.path("slice_ms").asLong() / 1000 + " s" : "";
        return row(
                String.valueOf(number),
                link.path("deployment").asText(),
                link.path("layer").asText("") + (link.has("balancer") ? "*" : ""),
                asked,
                link.path("expected_usd").asText(""),
                link.path("worst_usd").asText(""),
                time);
    }

    private static String row(Object... cells) {
        return String.format(ROW, cells).stripTrailing();
    }

    private static String joined(JsonNode words) {
        List<String> all = new ArrayList<>();
        words.forEach(word -> all.add(word.asText()));
        return String.join(", ", all);
    }

    private void happened(JsonNode plan, List<String> lines) {
        if (!plan.has("attempts")) {
            return;
        }
        lines.add("");
        lines.add(terminal.paint(
                Ink.BOLD,
                plan.path("unfinished").asBoolean()
                        ? "What happened until now; it is not done:"
                        : "What happened: " + plan.path("status").asInt() + ", answered by "
                                + plan.path("answered_by")
                                        .asText(plan.path("degraded").asText("nobody")) + ", "
                                + plan.path("took_ms").asLong() + " ms"));
        int number = 0;
        for (JsonNode attempt : plan.path("attempts")) {
            int before = number++;
            plan.path("escalations").forEach(layer -> {
                if (layer.path("before").asInt() == before) {
                    lines.add("     " + terminal.arrow() + " "
                            + layer.path("layer").asText() + ": "
                            + layer.path("trigger").asText());
                }
            });
            lines.add(String.format(
                            "%3d  %-22s %s %s",
                            number,
                            attempt.path("deployment").asText(),
                            attempt.path("why").asText(),
                            attempt.path("outcome").asText().equals("skipped")
                                    ? ""
                                    : attempt.path("took_ms").asLong() + " ms"
                                            + (attempt.path("possibly_billed").asBoolean() ? ", possibly billed" : ""))
                    .stripTrailing());
            if (attempt.has("message")) {
                lines.add(terminal.paint(
                        Ink.DIM,
                        "       the provider: " + attempt.path("message").asText()));
            }
        }
    }
}
