package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.StableId;
import io.camelback.protocol.openai.responses.ReasoningState;
import io.camelback.protocol.support.ToolTurns;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a neutral conversation as items (docs/wire-formats.md 1.2). Items carry no ids: nothing is stored that they
 * could name. Reasoning goes back only where it came from, and only in front of what it led to (trap 14).
 */
final class ResponsesItems {
    static final int MAX_CALL_ID = 64;
    private final ArrayNode items = JsonNodes.array();

    private final boolean refusals;

    private ResponsesItems(boolean refusals) {
        this.refusals = refusals;
    }

    /** @param refusals whether the server knows refusals in words; else they are text */
    static ArrayNode write(List<Message> conversation, boolean refusals) {
        ResponsesItems writer = new ResponsesItems(refusals);
        ToolTurns.repair(conversation).forEach(writer::write);
        return writer.items;
    }

    private void write(Message message) {
        switch (message.role()) {
            case SYSTEM -> say("system", message);
            case DEVELOPER -> say("developer", message);
            case USER -> say("user", message);
            case ASSISTANT -> assistant(message);
            case TOOL ->
                message.parts().forEach(part -> {
                    if (part instanceof Part.ToolResult result) {
                        items.add(Json.object()
                                .put("type", "function_call_output")
                                .put("call_id", callId(result.callId()))
                                .set("output", output(result)));
                    }
                });
        }
    }

    private void say(String role, Message message) {
        ArrayNode content = ResponsesContent.input(message.parts());
        if (!content.isEmpty()) {
            items.add(Json.object().put("type", "message").put("role", role).set("content", content));
        }
    }

    private void assistant(Message message) {
        ArrayNode reasoning = JsonNodes.array();
        List<Part> said = new ArrayList<>();
        for (Part part : message.parts()) {
            if (part instanceof Part.Thinking thinking) {
                if (isOwn(thinking)) {
                    tell(said, reasoning);
                    reasoning.add(reasoning(thinking));
                }
            } else if (part instanceof Part.ToolCall call) {
                tell(said, reasoning);
                lead(reasoning);
                items.add(call(call));
            } else if (!ResponsesContent.words(part).isEmpty()) {
                said.add(part);
            }
        }
        tell(said, reasoning);
    }

    /** Adds what was said so far, if anything was. */
    private void tell(List<Part> said, ArrayNode reasoning) {
        if (!said.isEmpty()) {
            lead(reasoning);
            items.addObject()
                    .put("type", "message")
                    .put("role", "assistant")
                    .set("content", ResponsesContent.output(said, refusals));
            said.clear();
        }
    }

    private void lead(ArrayNode reasoning) {
        items.addAll(reasoning);
        reasoning.removeAll();
    }

    private static boolean isOwn(Part.Thinking thinking) {
        return ProtocolNames.RESPONSES.equals(thinking.origin()) && ReasoningState.encrypted(thinking) != null;
    }

    private static ObjectNode reasoning(Part.Thinking thinking) {
        String id = thinking.signature() == null ? null : ReasoningState.id(thinking.signature());
        ObjectNode item = Json.object().put("type", "reasoning");
        if (id != null) {
            item.put("id", id);
        }
        ArrayNode summary = item.putArray("summary");
        if (!thinking.text().isEmpty()) {
            summary.addObject().put("type", "summary_text").put("text", thinking.text());
        }
        return item.put("encrypted_content", ReasoningState.encrypted(thinking));
    }

    private static ObjectNode call(Part.ToolCall call) {
        boolean bare = call.arguments() == null || call.arguments().isBlank();
        return Json.object()
                .put("type", "function_call")
                .put("call_id", callId(call.id()))
                .put("name", call.name())
                .put("arguments", bare ? "{}" : call.arguments());
    }

    /** OpenAI takes up to 64 characters; a longer id becomes the same short one in the call and in its result. */
    static String callId(String id) {
        return id == null || id.length() <= MAX_CALL_ID ? id : "call_" + StableId.of(id, 24);
    }

    private static JsonNode output(Part.ToolResult result) {
        ArrayNode parts = ResponsesContent.input(result.content());
        boolean onlyText = true;
        for (JsonNode part : parts) {
            onlyText &= part.path("type").asText().equals("input_text");
        }
        String error = result.error() ? "Error: " : "";
        if (onlyText) {
            return Json.of(error + String.join("\n", parts.findValuesAsText("text")));
        }
        return result.error() ? parts.insert(0, ResponsesContent.text(error.trim())) : parts;
    }
}
