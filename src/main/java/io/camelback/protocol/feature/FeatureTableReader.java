package io.camelback.protocol.feature;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the table of {@link ProtocolFeature} from its resource, a table in Markdown with a row for every feature. */
final class FeatureTableReader {
    private static final String RESOURCE = "features.md";
    private static final int TITLE = 1;
    private static final int FIRST_DIALECT = 2;

    /** @param support by dialect */
    record Row(String title, Map<String, FeatureSupport> support) {}

    private FeatureTableReader() {}

    /** @throws IllegalStateException when a feature has no row, or a row is broken */
    static Map<ProtocolFeature, Row> read() {
        try (InputStream in = FeatureTableReader.class.getResourceAsStream(RESOURCE)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<ProtocolFeature, Row> parse(String table) {
        List<List<String>> rows = table.lines().map(FeatureTableReader::cells).toList();
        List<String> header = rows.get(0);
        Map<ProtocolFeature, Row> parsed = new EnumMap<>(ProtocolFeature.class);
        for (List<String> cells : rows.subList(2, rows.size())) {
            if (cells.size() != header.size()) {
                throw new IllegalStateException(RESOURCE + ": " + header.size() + " cells expected in " + cells);
            }
            Map<String, FeatureSupport> support = new HashMap<>();
            for (int i = FIRST_DIALECT; i < cells.size(); i++) {
                support.put(header.get(i), FeatureSupport.parse(cells.get(i)));
            }
            parsed.put(ProtocolFeature.valueOf(cells.get(0)), new Row(cells.get(TITLE), Map.copyOf(support)));
        }
        Set<ProtocolFeature> missing = EnumSet.allOf(ProtocolFeature.class);
        missing.removeAll(parsed.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalStateException(RESOURCE + ": no row for " + missing);
        }
        return parsed;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                .map(String::strip)
                .toList();
    }
}
