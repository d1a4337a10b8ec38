package io.camelback.protocol.openai.chat.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.openai.ContentPartReader;
import io.camelback.protocol.openai.chat.OpenAiContent;
import io.camelback.protocol.openai.chat.OpenAiStreamReader;
import io.camelback.protocol.openai.chat.ThinkingBlocks;
import io.camelback.protocol.openai.chat.ToolCallTracker;
import io.camelback.protocol.support.CustomTools;
import io.camelback.protocol.support.RequestFields;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the conversation. Legacy function calls become tool calls, with ids counted from the start of the conversation.
 */
final class OpenAiMessageReader {
    private final RequestFields request;
    private final List<Part.ToolCall> functionCalls = new ArrayList<>();

    OpenAiMessageReader(RequestFields request) {
        this.request = request;
    }

    List<Message> read() {
        ArrayNode list = request.array("messages");
        if (list == null || list.isEmpty()) {
            throw request.invalid("messages", "is required: an array of at least one message");
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            messages.add(message(request.element("messages", i)));
        }
        return messages;
    }

    private Message message(RequestFields message) {
        String name = message.string("name");
        switch (message.name("role")) {
            case "system":
                return new Message(Role.SYSTEM, required(message), name);
            case "developer":
                return new Message(Role.DEVELOPER, required(message), name);
            case "user":
                return new Message(Role.USER, required(message), name);
            case "assistant":
                return new Message(Role.ASSISTANT, assistant(message), name);
            case "tool":
                Part result = new Part.ToolResult(message.name("tool_call_id"), name, content(message), false);
                return new Message(Role.TOOL, List.of(result));
            case "function":
                return new Message(Role.TOOL, List.of(functionResult(message)));
            default:
                throw message.invalid("role", "must be one of system, developer, user, assistant, tool, function");
        }
    }

    private static List<Part> required(RequestFields message) {
        return ContentPartReader.readRequired(message, ProtocolNames.OPENAI);
    }

    private static List<Part> content(RequestFields message) {
        return ContentPartReader.read(message, "content", ProtocolNames.OPENAI);
    }

    private List<Part> assistant(RequestFields message) {
        List<Part> parts = new ArrayList<>(thinking(message));
        List<Part> said = ContentPartReader.readAssistant(message, ProtocolNames.OPENAI);
        if (!parts.isEmpty()) {
            said.removeIf(Part.Thinking.class::isInstance);
        }
        parts.addAll(said);
        String refusal = message.string("refusal");
        if (refusal != null && !refusal.isEmpty()) {
            parts.add(new Part.Refusal(refusal));
        }
        ArrayNode calls = message.array("tool_calls");
        for (int i = 0; calls != null && i < calls.size(); i++) {
            parts.add(call(message.element("tool_calls", i)));
        }
        RequestFields functionCall = message.object("function_call");
        if (functionCall != null) {
            parts.add(functionCall(functionCall));
        }
        return parts;
    }

    private static List<Part> thinking(RequestFields message) {
        ArrayNode blocks = message.array("thinking_blocks");
        List<Part> thinking = blocks == null ? List.of() : ThinkingBlocks.read(blocks);
        if (!thinking.isEmpty()) {
            return thinking;
        }
        String text = OpenAiContent.reasoning(message.node());
        return text.isEmpty() ? List.of() : List.of(new Part.Thinking(text, null, null, null));
    }

    /** A free-form {@code custom} call is a call of a function of one text, see {@link CustomTools}. */
    private static Part call(RequestFields call) {
        String type = call.string("type");
        String kind = "custom".equals(type) ? "custom" : "function";
        RequestFields function = call.object(kind);
        if (type != null && !type.equals(kind)) {
            throw call.invalid("type", "must be one of function, custom");
        }
        if (function == null) {
            throw call.invalid(kind, "is required");
        }
        String arguments = ToolCallTracker.arguments(function.node());
        return new Part.ToolCall(
                call.name("id"),
                function.name("name"),
                kind.equals("custom") ? CustomTools.wrap(arguments) : arguments,
                OpenAiStreamReader.signature(call.node()));
    }

    private Part functionCall(RequestFields call) {
        Part.ToolCall neutral = new Part.ToolCall(
                "call_function_" + functionCalls.size(), call.name("name"), ToolCallTracker.arguments(call.node()));
        functionCalls.add(neutral);
        return neutral;
    }

    /** Answers the latest call of that name. */
    private Part functionResult(RequestFields message) {
        String name = message.name("name");
        String id = "call_function_" + name;
        for (Part.ToolCall call : functionCalls) {
            id = call.name().equals(name) ? call.id() : id;
        }
        return new Part.ToolResult(id, name, content(message), false);
    }
}
