package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import java.util.List;
import java.util.Set;

/**
 * {@code cache_control}, Anthropic's field, which callers of Chat Completions too put on a part, a message, a tool or
 * the whole request for the gateways that pass it on (docs/wire-formats.md 1.8).
 */
public final class CacheControlFields {
    /** Its name. */
    public static final String FIELD = "cache_control";
    /** The dialects whose callers may say it of the whole request. */
    private static final Set<String> AUTOMATIC = Set.of("openai", "anthropic");

    private CacheControlFields() {}

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
        return mark.path("type").asText().equals("ephemeral") ? new Part.CacheMark(JsonNodes.text(mark, "ttl")) : null;
    }

    /**
     * The wish of a caller to have the places chosen by the provider, which has no neutral form; null when there is
     * none.
     */
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
}
