package io.camelback.protocol;

import java.util.Map;
import java.util.Set;

/**
 * What a maker's server answers with an error although others of its format take it. Which server has which limits
 * stands in {@code limits.md} beside each format's codecs, a table for each maker, each row with its public source.
 * Requests are fitted to them, also where caller and provider speak the same format, and {@code explain} prints them.
 */
public enum ProviderLimit {
    CALL_ID("ids of tool calls have at most %s characters"),
    EMPTY_TOOL_CALLS("no empty list of tool calls"),
    EMPTY_TOOLS("no choice without tools"),
    REPEATED_TOOLS("each tool once"),
    EMPTY_TURN("no turn that says nothing"),
    NULL_FIELDS("no fields that are null"),
    UNKNOWN_FIELDS("no private fields in messages and tools"),
    TOOL_PICTURES("no pictures in tool messages"),
    THINKING_PARTS("no parts of thinking"),
    FOREIGN_REASONING("reasoning in the format's own words"),
    PLAIN_ROOT("tool schemas with one object at the root"),
    ROOT_PROPERTIES("tool schemas with properties"),
    ARRAY_ITEMS("arrays that say what they hold"),
    ARGUMENT_NAMES("names of arguments that match %s"),
    BLANK_TEXT("no empty and no blank texts"),
    IMAGE_LABEL("pictures labelled as what they are");

    private static final Map<String, Map<String, Map<ProviderLimit, Row>>> TABLES = ProviderLimitReader.readAll();

    private final String title;

    ProviderLimit(String title) {
        this.title = title;
    }

    /**
     * A row of a maker's table.
     *
     * @param title what the server takes, in a few words
     * @param value the number or the pattern; empty for a limit that has none
     * @param source where it was reported
     */
    public record Row(String title, String value, String source) {}

    /** @param value as in its row */
    Row row(String value, String source) {
        return new Row(title.formatted(value), value, source);
    }

    /** The limits of a provider with their rows, in order. @param format the API format that it speaks */
    public static Map<ProviderLimit, Row> rows(String format, String provider) {
        Map<String, Map<ProviderLimit, Row>> makers = TABLES.getOrDefault(format, Map.of());
        Map<ProviderLimit, Row> named = provider == null ? null : makers.get(provider);
        return named == null ? makers.getOrDefault(ProviderLimitReader.OTHERS, Map.of()) : named;
    }

    /** The limits of a provider. @param format the API format that it speaks, e.g. {@code openai} */
    public static Set<ProviderLimit> of(String format, String provider) {
        return rows(format, provider).keySet();
    }

    /** The number of a limit. @throws IllegalArgumentException when the provider's table has none */
    public static int number(String format, String provider, ProviderLimit limit) {
        Row row = rows(format, provider).get(limit);
        if (row == null) {
            throw new IllegalArgumentException(format + "/" + provider + " has no limit " + limit);
        }
        return Integer.parseInt(row.value());
    }
}
