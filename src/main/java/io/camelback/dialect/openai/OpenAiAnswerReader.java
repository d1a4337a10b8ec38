package io.camelback.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.Part;
import io.camelback.dialect.Annotations;
import io.camelback.dialect.CitedText;
import io.camelback.dialect.CustomTools;
import io.camelback.dialect.Logprobs;
import io.camelback.dialect.MalformedAnswer;
import io.camelback.dialect.Surrogates;
import io.camelback.dialect.Wire;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@code chat.completion} as OpenAI and the compatible servers write it (docs/wire-formats.md 2). */
final class OpenAiAnswerReader {
    private OpenAiAnswerReader() { }

    static ChatAnswer read(ObjectNode received) {
        ObjectNode body = Surrogates.replaceIn(received);
        JsonNode list = body.path("choices");
        if (!list.isArray()) {
            throw new MalformedAnswer(Wire.has(body, "choices") ? "choices is not an array" : "choices is missing");
        }
        if (list.isEmpty()) {
            throw new MalformedAnswer("choices is empty");
        }
        String id = Wire.text(body, "id");
        List<ChatAnswer.Choice> choices = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            choices.add(choice(list.get(i), i, id));
        }
        return new ChatAnswer(id, Wire.text(body, "model"), Math.max(0, body.path("created").asLong(0)), choices,
                OpenAiUsage.find(body), new ChatAnswer.Original(OpenAiDialect.NAME, body));
    }

    private static ChatAnswer.Choice choice(JsonNode choice, int position, String answerId) {
        String reason = Wire.text(choice, "finish_reason");
        JsonNode message = choice.path("message");
        if (!message.isObject() && reason == null) {
            throw new MalformedAnswer("choices[" + position + "].message is missing");
        }
        List<Part> parts = ThinkTags.split(OpenAiContent.read(message));
        List<Part.ToolCall> calls = calls(message, answerId);
        parts.addAll(calls);
        return new ChatAnswer.Choice(ChunkShape.index(choice, position), parts, OpenAiFinish.read(reason, !calls.isEmpty()),
                Annotations.read(message.path("annotations"), CitedText.of(Part.text(parts, ""))),
                Logprobs.read(choice.path("logprobs").path("content")));
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
        String id = Wire.text(entry, "id");
        String name = Wire.text(function, "name");
        if (name == null) {
            throw new MalformedAnswer("a tool call has no name");
        }
        String arguments = ToolCallTracker.arguments(function);
        calls.add(new Part.ToolCall(id == null ? OpenAiCalls.callId(calls.size(), answerId) : id, name,
                entry.has("custom") ? CustomTools.wrap(arguments) : arguments, OpenAiStreamReader.signature(entry)));
    }
}
