package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.Part;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.openai.chat.ChunkChoiceFields;
import io.camelback.protocol.openai.chat.OpenAiCalls;
import io.camelback.protocol.openai.chat.OpenAiContent;
import io.camelback.protocol.openai.chat.OpenAiFinishReason;
import io.camelback.protocol.openai.chat.OpenAiStreamReader;
import io.camelback.protocol.openai.chat.OpenAiUsage;
import io.camelback.protocol.openai.chat.ThinkTagParser;
import io.camelback.protocol.openai.chat.ToolArguments;
import io.camelback.protocol.openai.chat.ToolCallTracker;
import io.camelback.protocol.support.CitationAnnotations;
import io.camelback.protocol.support.CitationOffsets;
import io.camelback.protocol.support.CustomTools;
import io.camelback.protocol.support.LogprobJson;
import io.camelback.protocol.support.SurrogateSanitizer;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@code chat.completion} as OpenAI and the compatible servers write it (docs/wire-formats.md 2). */
final class OpenAiAnswerReader {
    private OpenAiAnswerReader() {}

    static ChatAnswer read(ObjectNode received) {
        ObjectNode body = SurrogateSanitizer.replaceIn(received);
        body.path("choices").forEach(choice -> mend(choice.path("message").path("tool_calls")));
        JsonNode list = body.path("choices");
        if (!list.isArray()) {
            throw new MalformedResponseException(
                    JsonNodes.has(body, "choices") ? "choices is not an array" : "choices is missing");
        }
        if (list.isEmpty()) {
            throw new MalformedResponseException("choices is empty");
        }
        String id = JsonNodes.text(body, "id");
        List<ChatAnswer.Choice> choices = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            choices.add(choice(list.get(i), i, id));
        }
        return new ChatAnswer(
                id,
                JsonNodes.text(body, "model"),
                Math.max(0, body.path("created").asLong(0)),
                choices,
                OpenAiUsage.find(body),
                new ChatAnswer.Original(ProtocolNames.OPENAI, body));
    }

    private static ChatAnswer.Choice choice(JsonNode choice, int position, String answerId) {
        String reason = JsonNodes.text(choice, "finish_reason");
        JsonNode message = choice.path("message");
        if (!message.isObject() && reason == null) {
            throw new MalformedResponseException("choices[" + position + "].message is missing");
        }
        List<Part> parts = ThinkTagParser.split(OpenAiContent.read(message));
        List<Part.ToolCall> calls = calls(message, answerId);
        parts.addAll(calls);
        return new ChatAnswer.Choice(
                ChunkChoiceFields.index(choice, position),
                parts,
                OpenAiFinishReason.read(reason, !calls.isEmpty()),
                CitationAnnotations.read(message.path("annotations"), CitationOffsets.of(Part.text(parts, ""))),
                LogprobJson.read(choice.path("logprobs").path("content")));
    }

    /** Arguments that a server repeats are told once. */
    private static void mend(JsonNode calls) {
        for (JsonNode call : calls) {
            if (call.get("function") instanceof ObjectNode function
                    && function.path("arguments").isTextual()) {
                String arguments = function.get("arguments").textValue();
                String mended = ToolArguments.mended(arguments);
                if (!mended.equals(arguments)) {
                    function.put("arguments", mended);
                }
            }
        }
    }

    private static List<Part.ToolCall> calls(JsonNode message, String answerId) {
        List<Part.ToolCall> calls = new ArrayList<>();
        for (JsonNode entry : message.path("tool_calls")) {
            add(entry, ToolCallTracker.function(entry), answerId, calls);
        }
        if (message.path("function_call").isObject()) {
            add(message.path("function_call"), message.path("function_call"), answerId, calls);
        }
        return calls;
    }

    private static void add(JsonNode entry, JsonNode function, String answerId, List<Part.ToolCall> calls) {
        String id = JsonNodes.text(entry, "id");
        String name = JsonNodes.text(function, "name");
        if (name == null) {
            throw new MalformedResponseException("a tool call has no name");
        }
        String arguments = ToolCallTracker.arguments(function);
        calls.add(new Part.ToolCall(
                id == null ? OpenAiCalls.callId(calls.size(), answerId) : id,
                name,
                entry.has("custom") ? CustomTools.wrap(arguments) : arguments,
                OpenAiStreamReader.signature(entry)));
    }
}
