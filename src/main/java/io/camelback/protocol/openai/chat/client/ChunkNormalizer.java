package io.camelback.protocol.openai.chat.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.openai.chat.ChunkBuilder;
import io.camelback.protocol.openai.chat.ChunkChoiceFields;
import io.camelback.protocol.openai.chat.ToolCallTracker;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes a provider's chunk one that the official stream helpers accept (docs/wire-formats.md 3.7), changing only what
 * they would throw on: indices, a delta that is not there, a call without id, type or name at its start or with them
 * repeated later, arguments that are no string, a second finish. A chunk without fault is given back as it is. One per
 * stream.
 */
final class ChunkNormalizer {
    private final Map<Integer, ToolCallTracker> calls = new HashMap<>();
    private final Map<Integer, Boolean> finished = new HashMap<>();
    private final ChunkBuilder maker;

    /** @param maker is told what was relayed */
    ChunkNormalizer(ChunkBuilder maker) {
        this.maker = maker;
    }

    /** @param chunk must have an array of choices */
    ObjectNode mend(ObjectNode chunk) {
        JsonNode list = chunk.path("choices");
        ArrayNode choices = JsonNodes.array();
        boolean changed = false;
        for (int i = 0; i < list.size(); i++) {
            JsonNode choice = mend(list.get(i), i, chunk.path("id").asText());
            changed |= choice != list.get(i);
            choices.add(choice);
        }
        return changed ? JsonNodes.with(chunk, "choices", choices) : chunk;
    }

    private ObjectNode mend(JsonNode received, int position, String answerId) {
        JsonNode delta = ChunkChoiceFields.delta(received, position);
        ObjectNode choice = (ObjectNode) received;
        int index = ChunkChoiceFields.index(choice, position);
        if (!choice.path("index").isInt()) {
            choice = JsonNodes.with(choice, "index", Json.of(index));
        }
        ObjectNode mended = mendDelta(index, (ObjectNode) delta, answerId);
        if (mended != choice.get("delta")) {
            choice = JsonNodes.with(JsonNodes.without(choice, "message"), "delta", mended);
        }
        return mendFinish(index, choice);
    }

    private ObjectNode mendFinish(int index, ObjectNode choice) {
        boolean before = finished.getOrDefault(index, false);
        String reason = Json.string(choice, "finish_reason");
        boolean now = !before && reason != null && !reason.isEmpty();
        finished.put(index, before || now);
        maker.relayed(index, now);
        return reason == null || now ? choice : JsonNodes.with(choice, "finish_reason", NullNode.getInstance());
    }

    private ObjectNode mendDelta(int index, ObjectNode delta, String answerId) {
        if (!(delta.get("tool_calls") instanceof ArrayNode entries)) {
            return delta;
        }
        ToolCallTracker tracker = calls.computeIfAbsent(index, any -> new ToolCallTracker());
        tracker.nextChunk();
        ArrayNode mended = JsonNodes.map(entries, entry -> mendCall(entry, tracker.advance(entry, answerId)));
        if (mended == entries) {
            return delta;
        }
        return mended.isEmpty() ? JsonNodes.without(delta, "tool_calls") : JsonNodes.with(delta, "tool_calls", mended);
    }

    /** Null for a piece of a call whose name is not known yet: it is held and comes with the name. */
    private static ObjectNode mendCall(ObjectNode entry, ToolCallTracker.Step step) {
        ToolCallTracker.Call call = step.call();
        if (!call.begun()) {
            return null;
        }
        if (entry.path("index").isInt() && entry.path("index").intValue() == call.number() && isSound(entry, step)) {
            return entry;
        }
        ObjectNode mended = Json.object().put("index", call.number());
        String kind = entry.has("custom") ? "custom" : "function";
        if (step.begins()) {
            mended.put("id", call.id()).put("type", kind);
        }
        ObjectNode function = mended.putObject(kind);
        if (step.begins()) {
            function.put("name", call.name());
        }
        function.put(kind.equals("custom") ? "input" : "arguments", step.arguments());
        mended.setAll(JsonNodes.without(entry, "index", "id", "type", "function", "custom"));
        return mended;
    }

    private static boolean isSound(ObjectNode entry, ToolCallTracker.Step step) {
        JsonNode function = ToolCallTracker.function(entry);
        JsonNode arguments = function.path(entry.has("custom") ? "input" : "arguments");
        boolean whole = arguments.isTextual()
                ? arguments.textValue().equals(step.arguments())
                : arguments.isMissingNode() && step.arguments().isEmpty();
        if (step.begins()) {
            return whole
                    && step.call().id().equals(Json.string(entry, "id"))
                    && JsonNodes.text(entry, "type") != null
                    && JsonNodes.text(function, "name") != null;
        }
        return whole && !JsonNodes.has(entry, "id") && !JsonNodes.has(function, "name");
    }
}
