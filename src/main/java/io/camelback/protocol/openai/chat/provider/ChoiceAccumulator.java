package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.FinishReason;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.openai.chat.OpenAiFinishReason;
import io.camelback.protocol.openai.chat.ToolCallTracker;
import java.util.Map;
import java.util.TreeMap;

/** One choice of a stream in the making: its deltas become its message. */
final class ChoiceAccumulator {
    private final ToolCallTracker tracker = new ToolCallTracker();
    private final Map<Integer, DeltaAccumulator> calls = new TreeMap<>();
    private final DeltaAccumulator message = new DeltaAccumulator();
    private final DeltaAccumulator logprobs = new DeltaAccumulator();
    private final ObjectNode rest = Json.object();
    private boolean hasLogprobs;
    private String reason;
    private FinishReason finish;

    void add(ObjectNode choice, ObjectNode delta, String answerId) {
        message.append(JsonNodes.without(delta, "tool_calls"));
        tracker.nextChunk();
        delta.path("tool_calls").forEach(entry -> {
            if (entry instanceof ObjectNode object) {
                addCall(object, tracker.advance(object, answerId));
            }
        });
        if (choice.get("logprobs") instanceof ObjectNode more) {
            hasLogprobs = true;
            logprobs.append(more);
        }
        reason = reason == null ? JsonNodes.text(choice, "finish_reason") : reason;
        JsonNodes.without(choice, "index", "delta", "message", "logprobs", "finish_reason")
                .properties()
                .forEach(field -> {
                    if (!field.getValue().isNull() || !rest.has(field.getKey())) {
                        rest.set(field.getKey(), field.getValue());
                    }
                });
    }

    /** A reason that the stream itself did not give. */
    void finish(FinishReason known) {
        finish = known;
    }

    private void addCall(ObjectNode entry, ToolCallTracker.Step step) {
        ToolCallTracker.Call call = step.call();
        if (!call.begun()) {
            return;
        }
        boolean custom = entry.has("custom");
        if (step.begins()) {
            calls.put(call.number(), new DeltaAccumulator().append(begun(call, custom)));
        }
        ObjectNode more = JsonNodes.copy(JsonNodes.without(entry, "index", "id", "type", "function", "custom"));
        more.putObject(custom ? "custom" : "function").put(custom ? "input" : "arguments", step.arguments());
        calls.get(call.number()).append(more);
    }

    private static ObjectNode begun(ToolCallTracker.Call call, boolean custom) {
        ObjectNode begun = Json.object().put("id", call.id()).put("type", custom ? "custom" : "function");
        begun.putObject(custom ? "custom" : "function")
                .put("name", call.name())
                .put(custom ? "input" : "arguments", "");
        return begun;
    }

    ObjectNode toJson(int index) {
        ObjectNode choice = Json.object().put("index", index);
        choice.set("message", message());
        choice.set("logprobs", hasLogprobs ? logprobs.toJson() : Json.of(null));
        choice.put(
                "finish_reason",
                reason == null && finish != null ? OpenAiFinishReason.write(finish, !calls.isEmpty()) : reason);
        choice.setAll(rest);
        return choice;
    }

    /** A call without arguments has an empty object of them. */
    private static ObjectNode withArguments(ObjectNode call) {
        if (call.get("function") instanceof ObjectNode function
                && function.path("arguments").asText().isEmpty()) {
            function.put("arguments", "{}");
        }
        return call;
    }

    private ObjectNode message() {
        ObjectNode said = message.toJson();
        boolean silent = said.path("content").isMissingNode()
                || said.path("content").asText().isEmpty()
                        && !calls.isEmpty()
                        && !said.path("content").isArray();
        ObjectNode node = Json.object().put("role", "assistant");
        node.set("content", silent ? Json.of(null) : said.get("content"));
        node.setAll(JsonNodes.without(said, "role", "content"));
        if (!calls.isEmpty()) {
            ArrayNode list = node.putArray("tool_calls");
            calls.values().forEach(call -> list.add(withArguments(call.toJson())));
        }
        return node;
    }
}
