package io.camelback.protocol.openai.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.openai.OpenAiThinking;
import java.util.ArrayList;
import java.util.List;

/**
 * What a provider's message or delta says: text, reasoning and refusal in every form that compatible servers give them.
 */
public final class OpenAiContent {
    private OpenAiContent() {}

    /** Reasoning first, then the content in its order, then the refusal, images and sound. Without tool calls. */
    public static List<Part> read(JsonNode message) {
        List<Part> parts = new ArrayList<>();
        String reasoning = reasoning(message);
        if (!reasoning.isEmpty()) {
            parts.add(new Part.Thinking(reasoning, null, null, null));
        }
        addContent(message.path("content"), parts);
        String refusal = JsonNodes.text(message, "refusal");
        if (refusal != null) {
            parts.add(new Part.Refusal(refusal));
        }
        OpenAiAnswerImages.read(message.path("images"), parts);
        if (message.get("audio") instanceof ObjectNode audio) {
            parts.add(new Part.Opaque(ProtocolNames.OPENAI, Json.object().set("audio", audio)));
        }
        return parts;
    }

    /** A string, or Mistral's array of text and thinking. */
    private static void addContent(JsonNode content, List<Part> parts) {
        if (content.isTextual()) {
            addText(content.textValue(), parts);
            return;
        }
        for (JsonNode part : content) {
            switch (part.path("type").asText()) {
                case "text", "output_text" -> addText(part.path("text").asText(), parts);
                case "refusal" ->
                    parts.add(new Part.Refusal(part.path("refusal").asText()));
                case "thinking" -> parts.add(new Part.Thinking(OpenAiThinking.text(part), null, null, null));
                case "image_url" -> OpenAiAnswerImages.readOne(part, parts);
                default -> addText(part.isTextual() ? part.textValue() : "", parts);
            }
        }
    }

    private static void addText(String text, List<Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
    }

    /** Servers that fill several of these fields repeat the same text in them, so one is taken. */
    public static String reasoning(JsonNode message) {
        for (String field : List.of("reasoning_content", "reasoning")) {
            String text = JsonNodes.text(message, field);
            if (text != null) {
                return text;
            }
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode detail : message.path("reasoning_details")) {
            text.append(detail.path("text").asText(""))
                    .append(detail.path("summary").asText(""));
        }
        return text.toString();
    }
}
