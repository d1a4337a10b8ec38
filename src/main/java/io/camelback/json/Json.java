package io.camelback.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads and writes JSON. Numbers keep their exact value and keys their order, so that a body passed through still hits
 * the provider's prompt cache. Nesting is bounded at 100, strings at 64 Mi characters.
 */
public final class Json {
    /** Deeper bodies are refused: no client nests so far, and recursion must end (docs/failures.md H14). */
    public static final int MAX_DEPTH = 100;

    private static final JsonMapper TOLERANT = mapper(false);
    private static final JsonMapper STRICT = mapper(true);

    private Json() {}

    private static JsonMapper mapper(boolean strict) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(64 << 20)
                        .maxNumberLength(400)
                        .build())
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, strict)
                .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /** Reads what a caller sent: duplicate keys are an error. */
    public static JsonNode readStrict(byte[] bytes) throws IOException {
        return STRICT.readTree(bytes);
    }

    /** Reads what a provider sent. */
    public static JsonNode read(byte[] bytes) throws IOException {
        return TOLERANT.readTree(bytes);
    }

    public static JsonNode read(String text) throws JsonProcessingException {
        return TOLERANT.readTree(text);
    }

    public static ObjectNode object() {
        return TOLERANT.createObjectNode();
    }

    public static ArrayNode array() {
        return TOLERANT.createArrayNode();
    }

    /** A text, or JSON's null for null. */
    public static JsonNode of(String text) {
        return text == null ? NullNode.getInstance() : TextNode.valueOf(text);
    }

    /** A node for any other value of Java's: maps, lists, numbers. */
    public static JsonNode of(Object value) {
        return TOLERANT.valueToTree(value);
    }

    /** A value of Java's from a node. */
    public static <T> T to(JsonNode node, Class<T> type) {
        return TOLERANT.convertValue(node, type);
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return TOLERANT.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(JsonNode node) {
        try {
            return TOLERANT.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A string, or null when the field is missing, null or of another type. */
    public static String string(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value != null && value.isTextual() ? value.textValue() : null;
    }

    /** A count, or 0 when the field is missing, null or no number. */
    public static long count(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null ? 0 : Math.max(0, value.asLong(0));
    }
}
