package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.Citation;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.anthropic.AnthropicArguments;
import io.camelback.protocol.anthropic.AnthropicCitations;
import io.camelback.protocol.anthropic.AnthropicStopReason;
import io.camelback.protocol.anthropic.AnthropicUsage;
import java.util.ArrayList;
import java.util.List;

/** Reads a complete message. The blocks of Anthropic's own server tools are for callers of this dialect. */
final class AnthropicAnswerReader {
    private AnthropicAnswerReader() {}

    static ChatAnswer read(ObjectNode body) {
        if (!"message".equals(Json.string(body, "type"))) {
            throw new MalformedResponseException("type is not message");
        }
        JsonNode content = body.get("content");
        if (content == null || !content.isArray()) {
            throw new MalformedResponseException("message without content");
        }
        List<Part> parts = new ArrayList<>();
        List<Citation> citations = new ArrayList<>();
        int said = 0;
        for (JsonNode block : content) {
            add(parts, block);
            int before = said;
            said += block.path("type").asText().equals("text")
                    ? block.path("text").asText("").length()
                    : 0;
            citations.addAll(AnthropicCitations.read(block.get("citations"), before, said));
        }
        addExplanation(parts, body);
        boolean called = Part.any(parts, Part.ToolCall.class);
        ChatAnswer.Choice choice =
                new ChatAnswer.Choice(0, parts, AnthropicStopReason.of(body, called), citations, List.of());
        return new ChatAnswer(
                Json.string(body, "id"),
                Json.string(body, "model"),
                0,
                List.of(choice),
                AnthropicUsage.of(body.get("usage")),
                new ChatAnswer.Original(ProtocolNames.ANTHROPIC, body));
    }

    private static void add(List<Part> parts, JsonNode block) {
        switch (required(block, "type")) {
            case "text" -> addText(parts, block);
            case "tool_use" ->
                parts.add(new Part.ToolCall(
                        required(block, "id"), required(block, "name"), AnthropicArguments.text(block.get("input"))));
            case "thinking" ->
                parts.add(new Part.Thinking(
                        orEmpty(Json.string(block, "thinking")),
                        Json.string(block, "signature"),
                        null,
                        ProtocolNames.ANTHROPIC));
            case "redacted_thinking" ->
                parts.add(new Part.Thinking("", null, required(block, "data"), ProtocolNames.ANTHROPIC));
            default -> {
                if (block instanceof ObjectNode node) {
                    parts.add(new Part.Opaque(ProtocolNames.ANTHROPIC, node));
                }
            }
        }
    }

    private static void addText(List<Part> parts, JsonNode block) {
        String text = orEmpty(Json.string(block, "text"));
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
    }

    /** A model that refused before it said anything may say why beside the content. */
    private static void addExplanation(List<Part> parts, ObjectNode body) {
        String explanation = AnthropicStopReason.explanation(body);
        if (explanation != null && parts.stream().allMatch(Part.Thinking.class::isInstance)) {
            parts.add(new Part.Refusal(explanation));
        }
    }

    static String required(JsonNode block, String field) {
        String value = Json.string(block, field);
        if (value == null) {
            throw new MalformedResponseException("content block without " + field);
        }
        return value;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
