package io.camelback.protocol.openai.responses.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.protocol.openai.responses.OutputItem;
import io.camelback.protocol.openai.responses.SseEventSequence;
import io.camelback.protocol.support.CustomTools;

/** A call of a function, or of a free-form tool, whose text is only known when its arguments are complete. */
final class FunctionCallItem extends OutputItem {
    private final StringBuilder arguments = new StringBuilder();
    private final String callId;
    private final String name;
    private final boolean custom;

    FunctionCallItem(SseEventSequence log, AnswerIds ids, int index, String callId, String name, boolean custom) {
        super(log, ids.item(custom ? "ctc_" : "fc_", index), index);
        this.callId = callId;
        this.name = name;
        this.custom = custom;
    }

    void arguments(String delta) {
        arguments.append(delta);
        if (!custom && !delta.isEmpty()) {
            tell("response.function_call_arguments.delta", Json.object().put("delta", delta));
        }
    }

    /**
     * Whether the arguments are a whole object: only of a call that is not, more may follow after another has begun.
     */
    boolean isComplete() {
        try {
            return Json.read(arguments.toString()).isObject();
        } catch (JsonProcessingException incomplete) {
            return false;
        }
    }

    @Override
    public void closeContent() {
        if (custom) {
            String input = input();
            tell("response.custom_tool_call_input.delta", Json.object().put("delta", input));
            tell("response.custom_tool_call_input.done", Json.object().put("input", input));
            return;
        }
        if (arguments.toString().isBlank()) {
            arguments("{}");
        }
        tell(
                "response.function_call_arguments.done",
                Json.object().put("name", name).put("arguments", arguments.toString()));
    }

    private String input() {
        return arguments.isEmpty() ? "" : CustomTools.unwrap(arguments.toString());
    }

    @Override
    public ObjectNode toJson(String status) {
        ObjectNode item = json(custom ? "custom_tool_call" : "function_call")
                .put("status", status)
                .put("call_id", callId)
                .put("name", name);
        if (!custom) {
            return item.put("arguments", arguments.toString());
        }
        return item.put("input", status.equals(IN_PROGRESS) ? "" : input());
    }
}
