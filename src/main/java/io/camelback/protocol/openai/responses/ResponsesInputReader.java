package io.camelback.protocol.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.protocol.support.CustomTools;
import io.camelback.protocol.support.RequestFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the conversation. What the model said in one go comes as several items, reasoning, messages and calls: those
 * that follow each other make one turn of the assistant.
 */
final class ResponsesInputReader {
    private final RequestFields request;
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, String> signatures = new HashMap<>();
    private List<Part> assistant = new ArrayList<>();

    ResponsesInputReader(RequestFields request) {
        this.request = request;
    }

    List<Message> read() {
        JsonNode input = request.get("input");
        if (input != null && input.isTextual() && !input.textValue().isEmpty()) {
            return List.of(Message.user(input.textValue()));
        }
        if (!(input instanceof ArrayNode items) || items.isEmpty()) {
            throw request.invalid("input", "is required: a string that is not empty, or an array of at least one item");
        }
        items.forEach(this::noteSignature);
        for (int i = 0; i < items.size(); i++) {
            read(request.element("input", i));
        }
        endTurn();
        return messages;
    }

    private void noteSignature(JsonNode item) {
        String[] call = ReasoningState.call(item.path("encrypted_content").asText(""));
        if (call != null) {
            signatures.put(call[0], call[1]);
        }
    }

    private void read(RequestFields item) {
        switch (type(item)) {
            case "message" -> message(item);
            case "function_call" -> call(item.name("call_id"), item.name("name"), text(item, "arguments"));
            case "custom_tool_call" ->
                call(item.name("call_id"), item.name("name"), CustomTools.wrap(text(item, "input")));
            case "function_call_output", "custom_tool_call_output" -> result(item.name("call_id"), null, output(item));
            case "reasoning" -> reasoning(item);
            case "item_reference" ->
                throw ResponsesRequestReader.unsupported(
                        item.path(), "it refers to an item that is not kept here. Send the item itself");
            default -> hosted(item);
        }
    }

    /** A message needs no type; a bare id is a reference. */
    private static String type(RequestFields item) {
        String type = item.string("type");
        if (type != null) {
            return type;
        }
        return item.get("role") == null && item.get("id") != null ? "item_reference" : "message";
    }

    private void message(RequestFields item) {
        switch (item.name("role")) {
            case "user" -> say(Role.USER, ResponsesPartReader.content(item, "input_text", "input_image", "input_file"));
            case "system" -> say(Role.SYSTEM, ResponsesPartReader.content(item, "input_text"));
            case "developer" -> say(Role.DEVELOPER, ResponsesPartReader.content(item, "input_text"));
            case "assistant" -> assistant.addAll(ResponsesPartReader.content(item, "output_text", "refusal"));
            default -> throw item.invalid("role", "must be one of user, system, developer, assistant");
        }
    }

    private void say(Role role, List<Part> parts) {
        endTurn();
        messages.add(new Message(role, parts));
    }

    private void call(String id, String name, String arguments) {
        assistant.add(new Part.ToolCall(id, name, arguments, signatures.get(id)));
    }

    private void result(String callId, String name, List<Part> content) {
        say(Role.TOOL, List.of(new Part.ToolResult(callId, name, content, false)));
    }

    private static List<Part> output(RequestFields item) {
        JsonNode output = item.get("output");
        if (output == null) {
            throw item.invalid("output", "is required: a string or an array of parts");
        }
        return ResponsesPartReader.list(item, "output", "input_text", "input_image", "input_file");
    }

    private void reasoning(RequestFields item) {
        String encrypted = item.string("encrypted_content");
        String summary = joined(item, "summary", "\n\n");
        String text = summary.isEmpty() ? joined(item, "content", "") : summary;
        if (ReasoningState.call(encrypted) == null && !(text.isEmpty() && encrypted == null)) {
            assistant.add(ReasoningState.read(text, item.string("id"), encrypted));
        }
    }

    private static String joined(RequestFields item, String field, String separator) {
        ArrayNode parts = item.array(field);
        List<String> texts = new ArrayList<>();
        for (int i = 0; parts != null && i < parts.size(); i++) {
            texts.add(text(item.element(field, i), "text"));
        }
        return String.join(separator, texts);
    }

    /** What the caller's machine ran for the model stays known to any model; what OpenAI ran stays in the original. */
    private void hosted(RequestFields item) {
        String type = item.name("type");
        if (!HostedToolItems.isKnown(type)) {
            throw item.invalid("type", "is no type of an input item");
        }
        String name = HostedToolItems.name(type);
        String id = HostedToolItems.callId(item.node());
        if (name == null || id == null) {
            return;
        }
        if (type.endsWith("_output")) {
            result(id, name, List.of(new Part.Text(HostedToolItems.told(item.node()))));
        } else {
            call(id, name, HostedToolItems.told(item.node()));
        }
    }

    private static String text(RequestFields fields, String field) {
        return ResponsesPartReader.required(fields, field);
    }

    private void endTurn() {
        if (!assistant.isEmpty()) {
            messages.add(new Message(Role.ASSISTANT, assistant));
            assistant = new ArrayList<>();
        }
    }
}
