package io.camelback.cli.setup;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats with one setting a line: {@code .env}, and the top level of YAML. */
final class LineSettingsEditor implements SettingsEditor {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z](?:[\\w./:-]*[\\w./-])?");
    private static final Pattern WORD = Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n");
    /** The start of a setting's line, up to its value. */
    private static final Pattern YAML_START = Pattern.compile("(?m)^([\"']?)(?<name>[\\w.-]++)\\1[ \\t]*+:(?=\\s|$)");

    private static final Pattern DOTENV_START =
            Pattern.compile("(?m)^[ \\t]*+(?:export[ \\t]++)?(?<name>[\\w.-]++)[ \\t]*+=");
    private static final Pattern BLOCK = Pattern.compile("\\G(?:[ \\t]+\\S.*|-(?:[ \\t].*)?)(?:\\R|$)");

    private final String separator;
    private final Pattern start;

    private LineSettingsEditor(String separator, Pattern start) {
        this.separator = separator;
        this.start = start;
    }

    static LineSettingsEditor yaml() {
        return new LineSettingsEditor(": ", YAML_START);
    }

    static LineSettingsEditor dotenv() {
        return new LineSettingsEditor("=", DOTENV_START);
    }

    /** Where a value is: from its first character to the end of its last line. */
    private record Place(int line, int value, int end) {}

    @Override
    public Optional<String> raw(String text, List<String> key) throws SettingsFormatException {
        Place place = find(text, key);
        return place == null
                ? Optional.empty()
                : Optional.of(text.substring(place.value, place.end).strip());
    }

    @Override
    public String set(String text, List<String> key, String raw) throws SettingsFormatException {
        Place place = find(text, key);
        String newLine = text.contains("\r\n") ? "\r\n" : "\n";
        if (place == null) {
            String before = text.isEmpty() || text.endsWith("\n") ? text : text + newLine;
            return before + name(key) + separator + raw + newLine;
        }
        String head = text.substring(place.line, place.value).stripTrailing();
        String gap = separator.endsWith(" ") ? " " : "";
        return text.substring(0, place.line) + head + gap + raw + newLine + text.substring(place.end);
    }

    @Override
    public String remove(String text, List<String> key) throws SettingsFormatException {
        Place place = find(text, key);
        return place == null ? text : text.substring(0, place.line) + text.substring(place.end);
    }

    @Override
    public String write(String file, List<String> key, JsonNode value) {
        String text = value.textValue();
        return PLAIN.matcher(text).matches() && !WORD.matcher(text).matches() ? text : Json.text(value);
    }

    private Place find(String text, List<String> key) throws SettingsFormatException {
        Matcher found = start.matcher(text);
        if (!find(found, name(key))) {
            return null;
        }
        int line = found.start();
        int value = found.end();
        int end = lineEnd(text, value);
        if (separator.endsWith(" ")) {
            Matcher block = BLOCK.matcher(text);
            while (block.find(end) && block.end() > end) {
                end = block.end();
            }
        }
        if (find(found, name(key))) {
            throw new SettingsFormatException("has " + name(key) + " twice. Remove one of them");
        }
        return new Place(line, value, end);
    }

    private static boolean find(Matcher starts, String name) {
        while (starts.find()) {
            if (starts.group("name").equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end + 1;
    }

    private static String name(List<String> key) {
        return key.get(0);
    }
}
