package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The cache marks of a request that came in another dialect: more than four are a 400, and the later ones hold more.
 * One for the whole request counts as well, wherever it ends up.
 */
final class AnthropicCacheMarks {
    private static final String FIELD = "cache_control";
    private static final int MOST = 4;

    private AnthropicCacheMarks() {}

    static void fit(ObjectNode body) {
        List<ObjectNode> marked = new ArrayList<>();
        body.path("tools").forEach(tool -> find(tool, marked));
        body.path("system").forEach(block -> find(block, marked));
        body.path("messages").forEach(message -> message.path("content").forEach(block -> find(block, marked)));
        int most = body.has(FIELD) ? MOST - 1 : MOST;
        for (int i = 0; i < marked.size() - most; i++) {
            marked.get(i).remove(FIELD);
        }
    }

    private static void find(JsonNode block, List<ObjectNode> marked) {
        if (block instanceof ObjectNode object && object.has(FIELD)) {
            marked.add(object);
        }
    }
}
