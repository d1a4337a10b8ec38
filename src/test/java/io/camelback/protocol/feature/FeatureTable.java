package io.camelback.protocol.feature;

import io.camelback.protocol.feature.FeatureSupport.Level;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@link ProtocolFeature} as a table in Markdown, with the sums of each column at its end. */
final class FeatureTable {
    private static final Map<String, String> COLUMNS = Map.of(
            "openai",
            "OpenAI Chat Completions",
            "anthropic",
            "Anthropic Messages",
            "gemini",
            "Gemini generateContent",
            "responses",
            "OpenAI Responses");
    private static final List<String> DIALECTS = List.of("openai", "anthropic", "gemini", "responses");

    private FeatureTable() {}

    static String markdown() {
        StringBuilder table = new StringBuilder();
        row(table, "Asked for", DIALECTS.stream().map(COLUMNS::get).toList());
        row(table, "---", DIALECTS.stream().map(dialect -> "---").toList());
        for (ProtocolFeature feature : ProtocolFeature.values()) {
            row(
                    table,
                    feature.title(),
                    DIALECTS.stream().map(dialect -> cell(feature.at(dialect))).toList());
        }
        for (Level way : Level.values()) {
            row(
                    table,
                    "**" + word(way) + "**",
                    DIALECTS.stream()
                            .map(dialect -> "**" + count(dialect, way) + "**")
                            .toList());
        }
        return table.toString();
    }

    private static void row(StringBuilder table, String title, List<String> cells) {
        table.append("| ")
                .append(title)
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n");
    }

    private static String cell(FeatureSupport carriage) {
        return word(carriage.way()) + (carriage.note().isEmpty() ? "" : ": " + carriage.note());
    }

    private static String word(Level way) {
        return way.name().toLowerCase(Locale.ROOT);
    }

    private static long count(String dialect, Level way) {
        return List.of(ProtocolFeature.values()).stream()
                .filter(feature -> feature.at(dialect).way() == way)
                .count();
    }
}
