package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.support.CacheControlFields;
import java.util.Set;

/** Which server of this dialect gets which {@link CacheControlFields}. */
final class OpenAiCacheMarks {
    private static final String FIELD = CacheControlFields.FIELD;
    /** They know it, or cache by themselves and refuse or ignore it. */
    private static final Set<String> WITHOUT =
            Set.of("openai", "azure", "groq", "mistral", "deepseek", "xai", "zai", "minimax", "local");

    private OpenAiCacheMarks() {}

    /** Marks the last part that was written, if there is one. */
    static void mark(ArrayNode parts, Part.CacheMark mark) {
        if (!parts.isEmpty()) {
            ((ObjectNode) parts.get(parts.size() - 1)).set(FIELD, CacheControlFields.write(mark));
        }
    }

    /** Whether a server passes marks on that came in another dialect. */
    static boolean wanted(ProviderModel target) {
        return "openrouter".equals(target.provider());
    }

    /**
     * Takes the marks of the tools and of the whole request out of a caller's own body for a server that may refuse
     * them.
     */
    static void fitRequest(ObjectNode body, ProviderModel target) {
        if (!WITHOUT.contains(String.valueOf(target.provider()))) {
            return;
        }
        body.remove(FIELD);
        if (body.get("tools") instanceof ArrayNode tools) {
            body.set("tools", JsonNodes.map(tools, OpenAiCacheMarks::plain));
        }
    }

    private static ObjectNode plain(ObjectNode tool) {
        ObjectNode plain = JsonNodes.without(tool, FIELD);
        return plain.get("function") instanceof ObjectNode function && function.has(FIELD)
                ? JsonNodes.with(plain, "function", JsonNodes.without(function, FIELD))
                : plain;
    }

    /** A caller's own message as a server may see it: the same where that may know what a mark is. */
    static ObjectNode fit(ObjectNode message, ProviderModel target) {
        if (!WITHOUT.contains(String.valueOf(target.provider()))) {
            return message;
        }
        ObjectNode plain = JsonNodes.without(message, FIELD);
        if (!(plain.get("content") instanceof ArrayNode parts)) {
            return plain;
        }
        ArrayNode unmarked = JsonNodes.map(parts, part -> JsonNodes.without(part, FIELD));
        return unmarked == parts ? plain : JsonNodes.with(plain, "content", unmarked);
    }
}
