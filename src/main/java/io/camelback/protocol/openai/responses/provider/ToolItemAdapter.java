package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.support.CallerTools;
import io.camelback.protocol.support.UniqueTools;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tools where a server that is not OpenAI looks for them, each name once: those of items {@code additional_tools} move
 * to {@code tools}, and of several definitions of one tool the last stays. OpenAI takes them as they come.
 *
 * @see <a href="https://github.com/BigPizzaV3/CodexPlusPlus/issues/2156">a server that refuses names told twice</a>
 */
final class ToolItemAdapter {
    private static final String TOOLS = "tools";
    private static final String ADDITIONAL = "additional_tools";

    private final Set<String> seen = new HashSet<>();

    private ToolItemAdapter() {}

    /** @param body its own fields are replaced, what they hold is left alone */
    static void fit(ObjectNode body) {
        ToolItemAdapter adapter = new ToolItemAdapter();
        ArrayNode items = body.get("input") instanceof ArrayNode input ? input : JsonNodes.array();
        ArrayNode tools = JsonNodes.array();
        List<JsonNode> kept = new ArrayList<>();
        body.path(TOOLS).forEach(tools::add);
        for (JsonNode item : items) {
            if (item.path("type").asText().equals(ADDITIONAL)) {
                item.path(TOOLS).forEach(tools::add);
            } else {
                kept.add(item);
            }
        }
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (kept.get(i) instanceof ObjectNode item
                    && CallerTools.holdsTools(item)
                    && item.get(TOOLS) instanceof ArrayNode found) {
                ArrayNode once = adapter.once(found, "");
                kept.set(i, once == found ? item : JsonNodes.with(item, TOOLS, once));
            }
        }
        ArrayNode once = adapter.once(UniqueTools.once(tools, ToolItemAdapter::plainName), "");
        if (!once.equals(body.path(TOOLS)) && !once.isEmpty()) {
            body.set(TOOLS, once);
        }
        if (!items.isEmpty()) {
            body.set("input", JsonNodes.array().addAll(kept));
        }
    }

    /** The tools without those that stand once more behind them; the same array when there are none. */
    private ArrayNode once(ArrayNode tools, String namespace) {
        List<JsonNode> kept = new ArrayList<>();
        boolean changed = false;
        for (int i = tools.size() - 1; i >= 0; i--) {
            JsonNode tool = tools.get(i);
            JsonNode fitted = once(tool, namespace);
            changed |= fitted != tool;
            if (fitted != null) {
                kept.add(0, fitted);
            }
        }
        return changed ? JsonNodes.array().addAll(kept) : tools;
    }

    /** Null for a namespace, which may come in parts. */
    private static String plainName(ObjectNode tool) {
        return tool.has(TOOLS) ? null : JsonNodes.text(tool, "name");
    }

    private JsonNode once(JsonNode tool, String namespace) {
        String name = JsonNodes.text(tool, "name");
        if (tool instanceof ObjectNode space && space.get(TOOLS) instanceof ArrayNode children) {
            ArrayNode once = once(children, name + "\n");
            return once == children ? tool : once.isEmpty() ? null : JsonNodes.with(space, TOOLS, once);
        }
        return name == null || seen.add(namespace + name) ? tool : null;
    }
}
