package io.camelback.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
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

    /** The dialects whose callers may say it of the whole request. */
    private static final Set<String> AUTOMATIC = Set.of("openai", "anthropic");

    private CacheMarks() { }

    /** Adds the mark that a part or a block has; of a message without any part there is nothing to mark. */
    public static void read(ObjectNode node, List<Part> parts) {
        Part.CacheMark mark = mark(node);
        if (mark != null && !parts.isEmpty()) {
            parts.add(mark);
        }
    }

    /** The mark that a part, a tool or a whole request has; null when it has none. */
    public static Part.CacheMark mark(ObjectNode node) {
        JsonNode mark = node.path(FIELD);
        return mark.path("type").asText().equals("ephemeral") ? new Part.CacheMark(Wire.text(mark, "ttl")) : null;
    }

    /** The wish of a caller to have the places chosen by the provider, which has no neutral form; null when there is none. */
    public static Part.CacheMark automatic(ChatRequest request) {
        ChatRequest.Original original = request.original();
        boolean known = original != null && AUTOMATIC.contains(original.dialect());
        return known ? mark(original.body()) : null;
    }

    /** Marks a body or a tool. @param mark null for none */
    public static void write(ObjectNode node, Part.CacheMark mark) {
        if (mark != null) {
            node.set(FIELD, write(mark));
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

    /** Takes the marks of the tools and of the whole request out of a caller's own body for a server that may refuse them. */
    static void fitRequest(ObjectNode body, Target target) {
        if (!WITHOUT.contains(String.valueOf(target.provider()))) {
            return;
        }
        body.remove(FIELD);
        if (body.get("tools") instanceof ArrayNode tools) {
            body.set("tools", Wire.map(tools, CacheMarks::plain));
        }
    }

    private static ObjectNode plain(ObjectNode tool) {
        ObjectNode plain = Wire.without(tool, FIELD);
        return plain.get("function") instanceof ObjectNode function && function.has(FIELD)
                ? Wire.with(plain, "function", Wire.without(function, FIELD)) : plain;
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
