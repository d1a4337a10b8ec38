package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.openai.OpenAiCompatibleServers;
import io.camelback.protocol.openai.chat.OpenAiAnswerWriter;
import io.camelback.protocol.openai.chat.OpenAiCalls;
import io.camelback.protocol.support.ToolTurns;
import java.util.ArrayList;
import java.util.List;

/** Writes a neutral conversation (docs/wire-formats.md 1.2). */
final class OpenAiMessages {
    private final ProviderModel target;
    private final ArrayNode messages = JsonNodes.array();
    /** Images of tool results: a tool message cannot hold them, so they follow the last one of their turn. */
    private final List<Part> pictures = new ArrayList<>();

    private OpenAiMessages(ProviderModel target) {
        this.target = target;
    }

    static ArrayNode write(List<Message> conversation, ProviderModel target) {
        OpenAiMessages writer = new OpenAiMessages(target);
        ToolTurns.repair(conversation).forEach(writer::write);
        writer.showPictures();
        return writer.messages;
    }

    private void write(Message message) {
        if (message.role() != Message.Role.TOOL) {
            showPictures();
        }
        switch (message.role()) {
            case SYSTEM -> say("system", message);
            case DEVELOPER -> say(OpenAiCompatibleServers.isOpenAi(target) ? "developer" : "system", message);
            case USER -> say("user", message);
            case ASSISTANT -> assistant(message);
            case TOOL ->
                message.parts().forEach(part -> {
                    if (part instanceof Part.ToolResult result) {
                        toolResult(result);
                    }
                });
        }
    }

    private void say(String role, Message message) {
        JsonNode content = OpenAiParts.content(message.parts(), OpenAiCacheMarks.wanted(target));
        if (content == null) {
            return;
        }
        ObjectNode node = Json.object().put("role", role);
        node.set("content", content);
        if (message.name() != null) {
            node.put("name", message.name());
        }
        ObjectNode before = messages.isEmpty() ? Json.object() : (ObjectNode) messages.get(messages.size() - 1);
        boolean again = role.equals("user")
                && before.path("role").asText().equals("user")
                && !before.has("name")
                && !node.has("name");
        if (again && !OpenAiCompatibleServers.isOpenAi(target)) {
            messages.set(messages.size() - 1, joined(before, content));
        } else {
            messages.add(node);
        }
    }

    /** Chat templates of local models and old Mistrals refuse two user turns in a row. */
    private static ObjectNode joined(ObjectNode before, JsonNode content) {
        JsonNode first = before.get("content");
        if (first.isTextual() && content.isTextual()) {
            return JsonNodes.with(before, "content", first.textValue() + "\n\n" + content.textValue());
        }
        return JsonNodes.with(before, "content", parts(first).addAll(parts(content)));
    }

    private static ArrayNode parts(JsonNode content) {
        return content.isArray()
                ? JsonNodes.array().addAll((ArrayNode) content)
                : JsonNodes.array().add(OpenAiParts.text(content.textValue()));
    }

    private void assistant(Message message) {
        ObjectNode node = Json.object().put("role", "assistant");
        String text = joined(message, Part.Text.class);
        String refusal = joined(message, Part.Refusal.class);
        if (!OpenAiCompatibleServers.isOpenAi(target)) {
            text += refusal;
            refusal = "";
        }
        node.put("content", text.isEmpty() ? null : text);
        if (!refusal.isEmpty()) {
            node.put("refusal", refusal);
        }
        ArrayNode calls = JsonNodes.array();
        message.parts().forEach(part -> {
            if (part instanceof Part.ToolCall call) {
                calls.add(OpenAiCalls.write(call.id(), call.name(), OpenAiAnswerWriter.arguments(call), null));
            }
        });
        if (!calls.isEmpty()) {
            node.set("tool_calls", calls);
            if (OpenAiCompatibleServers.isDeepSeek(target)) {
                node.put("reasoning_content", joined(message, Part.Thinking.class));
            }
        }
        if (!text.isEmpty() || !refusal.isEmpty() || !calls.isEmpty()) {
            messages.add(node);
        }
    }

    private static String joined(Message message, Class<? extends Part> type) {
        StringBuilder words = new StringBuilder();
        for (Part part : message.parts()) {
            if (type.isInstance(part)) {
                words.append(words(part));
            }
        }
        return words.toString();
    }

    private static String words(Part part) {
        if (part instanceof Part.Text text) {
            return text.text();
        }
        if (part instanceof Part.Refusal refusal) {
            return refusal.text();
        }
        return part instanceof Part.Thinking thinking ? thinking.text() : "";
    }

    private void toolResult(Part.ToolResult result) {
        List<String> texts = new ArrayList<>();
        for (Part part : result.content()) {
            if (part instanceof Part.Text text) {
                texts.add(text.text());
            } else if (!(part instanceof Part.CacheMark)) {
                texts.add(part instanceof Part.Image ? "(image: see below)" : "(file: see below)");
                pictures.add(new Part.Text("From the result of " + result.callId() + ":"));
                pictures.add(part);
            }
        }
        ObjectNode node = Json.object().put("role", "tool").put("tool_call_id", result.callId());
        if (OpenAiCompatibleServers.isMistral(target) && result.name() != null) {
            node.put("name", result.name());
        }
        messages.add(node.put("content", (result.error() ? "Error: " : "") + String.join("\n", texts)));
    }

    private void showPictures() {
        if (!pictures.isEmpty()) {
            List<Part> shown = List.copyOf(pictures);
            pictures.clear();
            say("user", new Message(Message.Role.USER, shown));
        }
    }
}
