package io.camelback.protocol.openai.responses.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.protocol.openai.responses.OutputItem;
import io.camelback.protocol.openai.responses.SseEventSequence;
import io.camelback.protocol.support.CallerTools;
import io.camelback.protocol.support.CallerTools.Kind;
import io.camelback.protocol.support.CustomTools;

/**
 * A call of one of the caller's tools, under the name and in the namespace that the caller gave it. The input of a
 * free-form tool, and what to search for, are only known when the arguments are complete.
 */
final class FunctionCallItem extends OutputItem {
    private final StringBuilder arguments = new StringBuilder();
    private final String callId;
    private final String name;
    private final String namespace;
    private final Kind kind;

    /**
     * A call that begins.
     *
     * @param function the name by which the provider knows the tool
     * @param tool null for a tool that the request does not have
     */
    FunctionCallItem(
            SseEventSequence log, AnswerIds ids, int index, String callId, String function, CallerTools.Entry tool) {
        super(log, ids.item(prefix(kind(tool)), index), index);
        this.callId = callId;
        this.kind = kind(tool);
        this.name = tool == null ? function : tool.name();
        this.namespace = tool == null ? null : tool.namespace();
    }

    private static Kind kind(CallerTools.Entry tool) {
        return tool == null ? Kind.FUNCTION : tool.kind();
    }

    private static String prefix(Kind kind) {
        return switch (kind) {
            case FUNCTION -> "fc_";
            case CUSTOM -> "ctc_";
            case SEARCH -> "tsc_";
        };
    }

    void arguments(String delta) {
        arguments.append(delta);
        if (kind == Kind.FUNCTION && !delta.isEmpty()) {
            tell("response.function_call_arguments.delta", Json.object().put("delta", delta));
        }
    }

    /**
     * Whether the arguments are a whole object: only of a call that is not, more may follow after another has begun.
     */
    boolean isComplete() {
        return read().isObject();
    }

    private JsonNode read() {
        try {
            return Json.read(arguments.toString());
        } catch (JsonProcessingException incomplete) {
            return Json.of(arguments.toString());
        }
    }

    @Override
    public void closeContent() {
        switch (kind) {
            case CUSTOM -> {
                String input = input();
                tell("response.custom_tool_call_input.delta", Json.object().put("delta", input));
                tell("response.custom_tool_call_input.done", Json.object().put("input", input));
            }
            case FUNCTION -> {
                if (arguments.toString().isBlank()) {
                    arguments("{}");
                }
                tell(
                        "response.function_call_arguments.done",
                        Json.object().put("name", name).put("arguments", arguments.toString()));
            }
            case SEARCH -> {
                // There are no events for the arguments of a search.
            }
        }
    }

    private String input() {
        return arguments.isEmpty() ? "" : CustomTools.unwrap(arguments.toString());
    }

    @Override
    public ObjectNode toJson(String status) {
        if (kind == Kind.SEARCH) {
            ObjectNode search = json("tool_search_call").put("status", status).put("call_id", callId);
            return search.put("execution", "client").set("arguments", isComplete() ? read() : Json.object());
        }
        ObjectNode item = json(kind == Kind.CUSTOM ? "custom_tool_call" : "function_call")
                .put("status", status)
                .put("call_id", callId)
                .put("name", name);
        if (namespace != null) {
            item.put("namespace", namespace);
        }
        if (kind == Kind.FUNCTION) {
            return item.put("arguments", arguments.toString());
        }
        return item.put("input", status.equals(IN_PROGRESS) ? "" : input());
    }
}
