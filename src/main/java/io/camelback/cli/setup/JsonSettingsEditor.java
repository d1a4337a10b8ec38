package io.camelback.cli.setup;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON with or without comments and trailing commas. A new setting becomes the first of its object. */
final class JsonSettingsEditor implements SettingsEditor {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Separators SEPARATORS =
            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
    private static final Pattern FIRST_INDENT = Pattern.compile("\\{[^\\S\\n]*\\n([ \\t]+)\\S");

    /**
     * The deepest object of the key's path that there is, and in it the setting, when that is there too.
     *
     * @param depth how many parts of the key lead to the object
     * @param open the offset after the object's brace
     * @param name the offset of the setting's name; -1 when the object has none
     */
    private record Place(int depth, int open, boolean empty, int name, int value, int end) {}

    @Override
    public Optional<String> raw(String text, List<String> key) throws SettingsFormatException {
        Place place = find(text, key);
        return place.name >= 0 && place.depth == key.size() - 1
                ? Optional.of(text.substring(place.value, place.end))
                : Optional.empty();
    }

    @Override
    public String set(String text, List<String> key, String raw) throws SettingsFormatException {
        if (text.isBlank()) {
            return set("{}\n", key, raw);
        }
        Place place = find(text, key);
        String unit = unit(text);
        if (place.name >= 0) {
            String value = value(key.subList(place.depth + 1, key.size()), raw, unit, place.depth + 1);
            return text.substring(0, place.value) + value + text.substring(place.end);
        }
        String tail = text.substring(place.open);
        return text.substring(0, place.open)
                + newLine(unit, place.depth + 1)
                + member(key.subList(place.depth, key.size()), raw, unit, place.depth + 1)
                + (place.empty ? newLine(unit, place.depth) + tail.stripLeading() : "," + tail);
    }

    /** @param depth how far the member is indented */
    private static String member(List<String> key, String raw, String unit, int depth) {
        return Json.text(TextNode.valueOf(key.get(0))) + ": " + value(key.subList(1, key.size()), raw, unit, depth);
    }

    /** The value, in an object for each part of the key. */
    private static String value(List<String> key, String raw, String unit, int depth) {
        return key.isEmpty()
                ? raw
                : "{" + newLine(unit, depth + 1) + member(key, raw, unit, depth + 1) + newLine(unit, depth) + "}";
    }

    @Override
    public String remove(String text, List<String> key) throws SettingsFormatException {
        if (text.isBlank()) {
            return text;
        }
        Place place = find(text, key);
        if (place.name < 0 || place.depth != key.size() - 1) {
            return text;
        }
        int start = place.name;
        int end = skipBlanks(text, place.end);
        if (end < text.length() && text.charAt(end) == ',') {
            end++;
        } else {
            int before = blanksBefore(text, start);
            start = before > 0 && text.charAt(before - 1) == ',' ? before - 1 : start;
            end = place.end;
        }
        int line = blanksBefore(text, start);
        boolean wholeLine = text.substring(line, start).contains("\n")
                && (end == text.length() || text.startsWith("\n", end) || text.startsWith("\r\n", end));
        int lastLine = wholeLine ? text.lastIndexOf('\n', start - 1) : start;
        if (wholeLine && text.startsWith("\r", Math.max(0, lastLine - 1))) {
            lastLine--;
        }
        return text.substring(0, lastLine) + text.substring(end);
    }

    @Override
    public String write(String text, List<String> key, JsonNode value) {
        try {
            String unit = unit(text);
            return MAPPER.writer(new DefaultPrettyPrinter(SEPARATORS)
                            .withObjectIndenter(new DefaultIndenter(unit, "\n" + unit.repeat(key.size()))))
                    .writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Place find(String text, List<String> key) throws SettingsFormatException {
        if (text.isBlank()) {
            return new Place(0, 0, true, -1, 0, 0);
        }
        try (JsonParser parser = MAPPER.getFactory().createParser(new StringReader(text))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new SettingsFormatException("is no JSON object");
            }
            Place place =
                    inObject(parser, key, 0, offset(parser.currentLocation().getCharOffset()));
            while (parser.nextToken() != null) {
                // The rest has to be JSON, too.
            }
            return place;
        } catch (SettingsFormatException e) {
            throw e;
        } catch (JsonProcessingException e) {
            throw new SettingsFormatException(
                    "is not valid JSON in line " + e.getLocation().getLineNr() + ". Mend it, or move it away");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Place inObject(JsonParser parser, List<String> key, int depth, int open) throws IOException {
        Place found = null;
        boolean empty = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            empty = false;
            int name = offset(parser.currentTokenLocation().getCharOffset());
            boolean wanted = parser.currentName().equals(key.get(depth));
            JsonToken token = parser.nextToken();
            int value = offset(parser.currentTokenLocation().getCharOffset());
            if (wanted && depth < key.size() - 1 && token == JsonToken.START_OBJECT) {
                found = inObject(
                        parser, key, depth + 1, offset(parser.currentLocation().getCharOffset()));
                continue;
            }
            parser.finishToken();
            parser.skipChildren();
            if (wanted && depth < key.size() - 1 && token != JsonToken.VALUE_NULL) {
                throw new SettingsFormatException(
                        "has " + String.join(".", key.subList(0, depth + 1)) + ", which is no object. Make it one");
            }
            if (wanted) {
                found = new Place(
                        depth,
                        open,
                        false,
                        name,
                        value,
                        offset(parser.currentLocation().getCharOffset()));
            }
        }
        return found != null ? found : new Place(depth, open, empty, -1, 0, 0);
    }

    private static int offset(long chars) {
        return Math.toIntExact(chars);
    }

    private static String newLine(String unit, int depth) {
        return "\n" + unit.repeat(depth);
    }

    private static String unit(String text) {
        Matcher indent = FIRST_INDENT.matcher(text);
        return indent.find() ? indent.group(1) : "  ";
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The start of the white space that ends here. */
    private static int blanksBefore(String text, int end) {
        int at = end;
        while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }
}
