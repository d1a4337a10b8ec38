package io.camelback.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.Citation;
import io.camelback.chat.Part;
import io.camelback.chat.TokenLogprob;
import io.camelback.dialect.Annotations;
import io.camelback.dialect.CitedText;
import io.camelback.dialect.CustomTools;
import io.camelback.dialect.Logprobs;
import io.camelback.dialect.MalformedAnswer;
import io.camelback.dialect.Surrogates;
import io.camelback.dialect.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a {@code response} object (docs/wire-formats.md 2). Items of hosted tools have no neutral form. */
final class ResponsesAnswerReader {
    private static final Set<String> NO_ANSWER = Set.of("failed", "cancelled", "queued", "in_progress");

    private final List<Part> parts = new ArrayList<>();
    private final List<Citation> citations = new ArrayList<>();
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private int said;

    private ResponsesAnswerReader() { }

    static ChatAnswer read(ObjectNode received) {
        ObjectNode body = Surrogates.replaceIn(received);
        String status = body.path("status").asText("completed");
        if (NO_ANSWER.contains(status)) {
            throw new MalformedAnswer("the response is " + status);
        }
        if (!body.path("output").isArray()) {
            throw new MalformedAnswer(Wire.has(body, "output") ? "output is not an array" : "output is missing");
        }
        ResponsesAnswerReader reader = new ResponsesAnswerReader();
        body.path("output").forEach(reader::add);
        boolean calls = Part.any(reader.parts, Part.ToolCall.class);
        ChatAnswer.Choice choice = new ChatAnswer.Choice(0, reader.parts, ResponsesFinish.read(body, calls), reader.citations,
                reader.logprobs);
        return new ChatAnswer(Wire.text(body, "id"), Wire.text(body, "model"), Math.max(0, body.path("created_at").asLong(0)),
                List.of(choice), ResponsesUsage.read(body.path("usage")), new ChatAnswer.Original(ResponsesDialect.NAME, body));
    }

    private void add(JsonNode item) {
        switch (item.path("type").asText()) {
            case "message" -> item.path("content").forEach(this::addContent);
            case "function_call" -> parts.add(call(item, Wire.jsonText(item.get("arguments"))));
            case "custom_tool_call" -> parts.add(call(item, CustomTools.wrap(item.path("input").asText())));
            case "reasoning" -> {
                Part.Thinking thinking = thinking(item);
                if (!thinking.text().isEmpty() || thinking.signature() != null || thinking.redacted() != null) {
                    parts.add(thinking);
                }
            }
            default -> addWhole(item);
        }
    }

    /** Images are shown to any caller; what else OpenAI's own tools did, to those of this dialect. */
    private void addWhole(JsonNode item) {
        Part.Image image = HostedImage.read(item);
        if (image != null) {
            parts.add(image);
        } else if (item instanceof ObjectNode node) {
            parts.add(new Part.Opaque(ResponsesDialect.NAME, node));
        }
    }

    private void addContent(JsonNode part) {
        String text = Wire.text(part, "text");
        if (text != null) {
            Annotations.read(part.path("annotations"), CitedText.of(text))
                    .forEach(citation -> citations.add(citation.moved(said)));
            logprobs.addAll(Logprobs.read(part.path("logprobs")));
            parts.add(new Part.Text(text));
            said += text.length();
        } else if (Wire.text(part, "refusal") != null) {
            parts.add(new Part.Refusal(part.path("refusal").asText()));
        }
    }

    /** The id that a call's result names; servers that give none mean the item's own. */
    static String callId(JsonNode item) {
        String id = Wire.text(item, "call_id");
        return id == null ? Wire.text(item, "id") : id;
    }

    private static Part.ToolCall call(JsonNode item, String arguments) {
        String name = Wire.text(item, "name");
        String id = callId(item);
        if (name == null || id == null) {
            throw new MalformedAnswer(name == null ? "a tool call has no name" : "a tool call has no call_id");
        }
        return new Part.ToolCall(id, name, arguments);
    }

    /** The summary; servers of open models show the reasoning itself. */
    static Part.Thinking thinking(JsonNode item) {
        String summary = String.join("\n\n", item.path("summary").findValuesAsText("text"));
        String text = summary.isEmpty() ? String.join("", item.path("content").findValuesAsText("text")) : summary;
        return ReasoningState.read(text, Wire.text(item, "id"), Wire.text(item, "encrypted_content"));
    }
}
