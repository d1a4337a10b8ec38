package io.camelback.cli.setup;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * TOML. A key of one part is a setting at the top of the file; a longer one is a table, whose raw value is the lines
 * below its header, up to the next header.
 */
final class TomlSettingsEditor implements SettingsEditor {
    @Override
    public Optional<String> raw(String text, List<String> key) throws SettingsFormatException {
        List<TomlStatement> all = TomlStatement.of(text);
        TomlStatement found = find(all, key);
        if (found == null) {
            return Optional.empty();
        }
        return Optional.of(
                found.header()
                        ? text.substring(found.end(), tableEnd(text, all, found))
                        : text.substring(found.value(), found.valueEnd()));
    }

    @Override
    public String set(String text, List<String> key, String raw) throws SettingsFormatException {
        List<TomlStatement> all = TomlStatement.of(text);
        TomlStatement found = find(all, key);
        String newLine = text.contains("\r\n") ? "\r\n" : "\n";
        if (found != null && found.header()) {
            return text.substring(0, found.end()) + lines(raw, newLine) + text.substring(tableEnd(text, all, found));
        }
        if (found != null) {
            return text.substring(0, found.value()) + raw + text.substring(found.valueEnd());
        }
        if (key.size() == 1) {
            int at = all.stream()
                    .takeWhile(statement -> !statement.header())
                    .mapToInt(TomlStatement::end)
                    .max()
                    .orElse(0);
            String before = text.substring(0, at);
            String gap = before.isEmpty() || before.endsWith("\n") ? "" : newLine;
            return before + gap + key.get(0) + " = " + raw + newLine + text.substring(at);
        }
        String gap = text.isEmpty() ? "" : text.endsWith("\n") ? newLine : newLine + newLine;
        return text + gap + "[" + String.join(".", key) + "]" + newLine + lines(raw, newLine);
    }

    private static String lines(String raw, String newLine) {
        return raw.lines().map(line -> line + newLine).collect(Collectors.joining());
    }

    @Override
    public String remove(String text, List<String> key) throws SettingsFormatException {
        List<TomlStatement> all = TomlStatement.of(text);
        TomlStatement found = find(all, key);
        if (found == null) {
            return text;
        }
        int end = found.header() ? tableEnd(text, all, found) : found.end();
        return text.substring(0, found.start()) + text.substring(end);
    }

    @Override
    public String write(String text, List<String> key, JsonNode value) {
        return value.isTextual()
                ? Json.text(value)
                : value.properties().stream()
                        .map(field -> field.getKey() + " = " + Json.text(field.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    private static TomlStatement find(List<TomlStatement> all, List<String> key) throws SettingsFormatException {
        TomlStatement found = null;
        List<String> table = List.of();
        for (TomlStatement statement : all) {
            table = statement.header() ? statement.key() : table;
            boolean same = statement.key().equals(key);
            if (same && statement.header() == key.size() > 1) {
                if (found != null) {
                    throw new SettingsFormatException("has " + String.join(".", key) + " twice. Remove one of them");
                }
                found = statement;
            } else if (same || elsewhere(statement, table, key)) {
                throw new SettingsFormatException("writes " + String.join(".", statement.key()) + " in another form."
                        + (key.size() > 1
                                ? " Write it as a table, [" + String.join(".", key) + "]"
                                : " Write it as " + key.get(0) + " = \"…\""));
            }
        }
        return found;
    }

    /** Whether this line sets a part of the table, or one that holds it, outside of a table of that name. */
    private static boolean elsewhere(TomlStatement statement, List<String> table, List<String> key) {
        if (statement.header() || key.size() == 1) {
            return false;
        }
        List<String> other = statement.key();
        int shared = Math.min(other.size(), key.size());
        boolean overlaps = other.subList(0, shared).equals(key.subList(0, shared));
        return overlaps
                && (table.size() < key.size() || !table.subList(0, key.size()).equals(key));
    }

    /** Where the lines of a table end: before the blank lines and comments that belong to the next header. */
    private static int tableEnd(String text, List<TomlStatement> all, TomlStatement header) {
        int end = header.end();
        for (TomlStatement statement : all.subList(all.indexOf(header) + 1, all.size())) {
            if (statement.header()) {
                return end;
            }
            end = statement.end();
        }
        return end;
    }
}
