package io.camelback.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.dialect.Json;
import io.camelback.dialect.Target;
import java.util.List;
import java.util.Set;

/**
 * {@code cache_control}, Anthropic's field, which callers of this dialect put on a part or a message for the gateways that pass
 * it on (WIRE.md 1.8).
 */
public final class CacheMarks {
    private static final String FIELD = "cache_control";
    /** They know it, or cache by themselves and refuse or ignore it. */
    private static final Set<String> WITHOUT = Set.of("openai", "azure", "groq", "mistral", "deepseek", "xai", "zai", "minimax",
            "local");

    private CacheMarks() { }

    /** Adds the mark that a part or a block has; of a message without any part there is nothing to mark. */
    public static void read(ObjectNode node, List<Part> parts) {
        JsonNode mark = node.path(FIELD);
        if (mark.path("type").asText().equals("ephemeral") && !parts.isEmpty()) {
            parts.add(new Part.CacheMark(Wire.text(mark, "ttl")));
        }
    }

    /** The field's value. */
    public static ObjectNode write(Part.CacheMark mark) {
        ObjectNode value = Json.object().put("type", "ephemeral");
        return mark.ttl() == null ? value : value.put("ttl", mark.ttl());
    }

    /** Marks the last part that was written, if there is one. */
    static void mark(ArrayNode parts, Part.CacheMark mark) {
        if (!parts.isEmpty()) {
            ((ObjectNode) parts.get(parts.size() - 1)).set(FIELD, write(mark));
        }
    }

    /** Whether a server passes marks on that came in another dialect. */
    static boolean wanted(Target target) {
        return "openrouter".equals(target.provider());
    }

    /** A caller's own message as a server may see it: the same where that may know what a mark is. */
    static ObjectNode fit(ObjectNode message, Target target) {
        if (!WITHOUT.contains(String.valueOf(target.provider()))) {
            return message;
        }
        ObjectNode plain = Wire.without(message, FIELD);
        if (!(plain.get("content") instanceof ArrayNode parts)) {
            return plain;
        }
        ArrayNode unmarked = Wire.map(parts, part -> Wire.without(part, FIELD));
        return unmarked == parts ? plain : Wire.with(plain, "content", unmarked);
    }
}
