package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.Citation;
import io.camelback.chat.Part;
import io.camelback.chat.TokenLogprob;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.openai.responses.GeneratedImageItem;
import io.camelback.protocol.openai.responses.ReasoningState;
import io.camelback.protocol.openai.responses.ResponsesFinishReason;
import io.camelback.protocol.openai.responses.ResponsesUsage;
import io.camelback.protocol.support.CallerTools;
import io.camelback.protocol.support.CitationAnnotations;
import io.camelback.protocol.support.CitationOffsets;
import io.camelback.protocol.support.CustomTools;
import io.camelback.protocol.support.LogprobJson;
import io.camelback.protocol.support.SurrogateSanitizer;
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

    private ResponsesAnswerReader() {}

    static ChatAnswer read(ObjectNode received) {
        ObjectNode body = SurrogateSanitizer.replaceIn(received);
        String status = body.path("status").asText("completed");
        if (NO_ANSWER.contains(status)) {
            throw new MalformedResponseException("the response is " + status);
        }
        if (!body.path("output").isArray()) {
            throw new MalformedResponseException(
                    JsonNodes.has(body, "output") ? "output is not an array" : "output is missing");
        }
        ResponsesAnswerReader reader = new ResponsesAnswerReader();
        body.path("output").forEach(reader::add);
        boolean calls = Part.any(reader.parts, Part.ToolCall.class);
        ChatAnswer.Choice choice = new ChatAnswer.Choice(
                0, reader.parts, ResponsesFinishReason.read(body, calls), reader.citations, reader.logprobs);
        return new ChatAnswer(
                JsonNodes.text(body, "id"),
                JsonNodes.text(body, "model"),
                Math.max(0, body.path("created_at").asLong(0)),
                List.of(choice),
                ResponsesUsage.read(body),
                new ChatAnswer.Original(ProtocolNames.RESPONSES, body));
    }

    private void add(JsonNode item) {
        switch (item.path("type").asText()) {
            case "message" -> item.path("content").forEach(this::addContent);
            case "function_call" -> parts.add(call(item, JsonNodes.jsonText(item.get("arguments"))));
            case "custom_tool_call" ->
                parts.add(call(item, CustomTools.wrap(item.path("input").asText())));
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
        Part.Image image = GeneratedImageItem.read(item);
        if (image != null) {
            parts.add(image);
        } else if (item instanceof ObjectNode node) {
            parts.add(new Part.Opaque(ProtocolNames.RESPONSES, node));
        }
    }

    private void addContent(JsonNode part) {
        String text = JsonNodes.text(part, "text");
        if (text != null) {
            CitationAnnotations.read(part.path("annotations"), CitationOffsets.of(text))
                    .forEach(citation -> citations.add(citation.moved(said)));
            logprobs.addAll(LogprobJson.read(part.path("logprobs")));
            parts.add(new Part.Text(text));
            said += text.length();
        } else if (JsonNodes.text(part, "refusal") != null) {
            parts.add(new Part.Refusal(part.path("refusal").asText()));
        }
    }

    /** The id that a call's result names; servers that give none mean the item's own. */
    static String callId(JsonNode item) {
        String id = JsonNodes.text(item, "call_id");
        return id == null ? JsonNodes.text(item, "id") : id;
    }

    private static Part.ToolCall call(JsonNode item, String arguments) {
        String name = JsonNodes.text(item, "name");
        String id = callId(item);
        if (name == null || id == null) {
            throw new MalformedResponseException(
                    name == null ? "a tool call has no name" : "a tool call has no call_id");
        }
        return new Part.ToolCall(id, CallerTools.joined(JsonNodes.text(item, "namespace"), name), arguments);
    }

    /** The summary; servers of open models show the reasoning itself. */
    static Part.Thinking thinking(JsonNode item) {
        String summary = String.join("\n\n", item.path("summary").findValuesAsText("text"));
        String text = summary.isEmpty() ? String.join("", item.path("content").findValuesAsText("text")) : summary;
        return ReasoningState.read(text, JsonNodes.text(item, "id"), JsonNodes.text(item, "encrypted_content"));
    }
}
