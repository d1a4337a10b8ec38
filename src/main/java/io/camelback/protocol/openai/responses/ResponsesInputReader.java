package io.camelback.protocol.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.openai.ContentPartReader;
import io.camelback.protocol.support.CallerTools;
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
    private final CallerTools tools;
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, String> signatures = new HashMap<>();
    private List<Part> assistant = new ArrayList<>();

    /** @param tools by whose names the calls are told */
    ResponsesInputReader(RequestFields request, CallerTools tools) {
        this.request = request;
        this.tools = tools;
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
        if (messages.isEmpty() || HostedToolItems.isAnswer(items.get(items.size() - 1))) {
            say(Role.USER, List.of(new Part.Opaque(ProtocolNames.RESPONSES, (ObjectNode) items.get(items.size() - 1))));
        }
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
            case "function_call" -> call(item, JsonNodes.jsonText(item.get("arguments")));
            case "custom_tool_call" -> call(item, CustomTools.wrap(JsonNodes.jsonText(item.get("input"))));
            case "function_call_output", "custom_tool_call_output" -> result(item.name("call_id"), null, output(item));
            case "reasoning" -> reasoning(item);
            case "tool_search_call", "tool_search_output" -> search(item);
            case "item_reference" ->
                throw ResponsesRequestReader.unsupported(
                        item.path(), "it refers to an item that is not kept here. Send the item itself");
            default -> other(item);
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
            case "user" -> say(Role.USER, ContentPartReader.readRequired(item, ProtocolNames.RESPONSES));
            case "system" -> say(Role.SYSTEM, ContentPartReader.readRequired(item, ProtocolNames.RESPONSES));
            case "developer" -> say(Role.DEVELOPER, ContentPartReader.readRequired(item, ProtocolNames.RESPONSES));
            case "assistant" -> assistant.addAll(ContentPartReader.readAssistant(item, ProtocolNames.RESPONSES));
            default -> throw item.invalid("role", "must be one of user, system, developer, assistant");
        }
    }

    private void say(Role role, List<Part> parts) {
        endTurn();
        messages.add(new Message(role, parts));
    }

    private void call(RequestFields item, String arguments) {
        call(item.name("call_id"), tools.functionName(item.string("namespace"), item.name("name")), arguments);
    }

    private void call(String id, String name, String arguments) {
        assistant.add(new Part.ToolCall(id, name, arguments, signatures.get(id)));
    }

    private void result(String callId, String name, List<Part> content) {
        say(Role.TOOL, List.of(new Part.ToolResult(callId, name, content, false)));
    }

    private static List<Part> output(RequestFields item) {
        return content(item, "output");
    }

    private static List<Part> content(RequestFields item, String field) {
        return ContentPartReader.read(item, field, ProtocolNames.RESPONSES);
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
        List<String> texts = new ArrayList<>();
        if (item.get(field) instanceof ArrayNode parts) {
            parts.forEach(part -> texts.add(part.path("text").asText("")));
        }
        return String.join(separator, texts);
    }

    /** A search among the caller's tools and what it found; one that OpenAI ran has no call. */
    private void search(RequestFields item) {
        String id = item.string("call_id");
        if (id == null) {
            return;
        }
        if (item.string("type").endsWith("_call")) {
            call(id, CallerTools.SEARCH, JsonNodes.jsonText(item.get("arguments")));
            return;
        }
        List<String> found = tools.found(item.node());
        String told = found.isEmpty() ? "No tool was found." : "Tools found: " + String.join(", ", found);
        result(id, CallerTools.SEARCH, List.of(new Part.Text(told)));
    }

    /**
     * What the caller's machine ran for the model stays known to any model; what OpenAI ran stays in the original, as
     * does every item unknown to us. Of these, what holds the conversation itself is kept for those who can read it.
     */
    private void other(RequestFields item) {
        String type = item.name("type");
        String name = HostedToolItems.name(type);
        String id = HostedToolItems.callId(item.node());
        if (HostedToolItems.isConversation(item.node())) {
            say(Role.USER, List.of(new Part.Opaque(ProtocolNames.RESPONSES, item.node())));
        } else if (name != null && id != null) {
            if (type.endsWith("_output")) {
                result(id, name, List.of(new Part.Text(HostedToolItems.told(item.node()))));
            } else {
                call(id, name, HostedToolItems.told(item.node()));
            }
        } else if (!HostedToolItems.isKnown(type) && item.get("content") != null) {
            said(item);
        }
    }

    /** An item unknown to us with content like a message's: what another agent said, for one. */
    private void said(RequestFields item) {
        if ("assistant".equals(item.node().path("role").asText())) {
            assistant.addAll(ContentPartReader.readAssistant(item, ProtocolNames.RESPONSES));
            return;
        }
        List<Part> content = content(item, "content");
        if (!content.isEmpty()) {
            say(Role.USER, content);
        }
    }

    private void endTurn() {
        if (!assistant.isEmpty()) {
            messages.add(new Message(Role.ASSISTANT, assistant));
            assistant = new ArrayList<>();
        }
    }
}
