package io.camelback.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the tables of {@link ProviderLimit} from their resources: Markdown with a section for each maker. */
final class ProviderLimitReader {
    /** The section of all makers that have none of their own. */
    static final String OTHERS = "others";

    /** By API format: where its table is, below this package. */
    private static final Map<String, String> RESOURCES = Map.of(
            ProtocolNames.OPENAI, "openai/chat/limits.md",
            ProtocolNames.RESPONSES, "openai/responses/limits.md",
            ProtocolNames.ANTHROPIC, "anthropic/limits.md",
            ProtocolNames.GEMINI, "gemini/limits.md");

    private static final String SECTION = "## ";
    private static final int CELLS = 3;

    private ProviderLimitReader() {}

    /** By API format and maker. @throws IllegalStateException when a table is broken */
    static Map<String, Map<String, Map<ProviderLimit, ProviderLimit.Row>>> readAll() {
        Map<String, Map<String, Map<ProviderLimit, ProviderLimit.Row>>> all = new HashMap<>();
        RESOURCES.forEach((format, resource) -> all.put(format, read(resource)));
        return Map.copyOf(all);
    }

    private static Map<String, Map<ProviderLimit, ProviderLimit.Row>> read(String resource) {
        try (InputStream in = ProviderLimitReader.class.getResourceAsStream(resource)) {
            return parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Map<ProviderLimit, ProviderLimit.Row>> parse(String resource, String text) {
        Map<String, Map<ProviderLimit, ProviderLimit.Row>> makers = new HashMap<>();
        Map<ProviderLimit, ProviderLimit.Row> rows = new EnumMap<>(ProviderLimit.class);
        for (String line : text.lines().toList()) {
            if (line.startsWith(SECTION)) {
                rows = new EnumMap<>(ProviderLimit.class);
                for (String maker : line.substring(SECTION.length()).split(", ")) {
                    makers.put(maker, Collections.unmodifiableMap(rows));
                }
            } else if (line.startsWith("| ") && !line.startsWith("| limit |") && !line.startsWith("| ---")) {
                add(resource, line, rows);
            }
        }
        return Map.copyOf(makers);
    }

    private static void add(String resource, String line, Map<ProviderLimit, ProviderLimit.Row> rows) {
        List<String> cells = Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                .map(String::strip)
                .toList();
        if (cells.size() != CELLS) {
            throw new IllegalStateException(resource + ": " + CELLS + " cells expected in " + line);
        }
        ProviderLimit limit = ProviderLimit.valueOf(cells.get(0));
        rows.put(limit, limit.row(cells.get(1), cells.get(2)));
    }
}
