package io.camelback.protocol.openai.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Part;
import io.camelback.chat.TokenLogprob;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.support.CitationAnnotations;
import io.camelback.protocol.support.CitationOffsets;
import io.camelback.protocol.support.CustomTools;
import io.camelback.protocol.support.LogprobJson;
import io.camelback.protocol.support.SurrogateSanitizer;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes an answer as a {@code chat.completion}; one that came in this dialect goes out as it came. */
public final class OpenAiAnswerWriter {
    private OpenAiAnswerWriter() {}

    public static ObjectNode write(ChatAnswer answer, ChatRequest request, String requestId) {
        if (answer.original() != null
                && ProtocolNames.OPENAI.equals(answer.original().dialect())) {
            return answer.original().body();
        }
        ObjectNode body = Json.object()
                .put("id", id(requestId))
                .put("object", "chat.completion")
                .put("created", answer.created())
                .put("model", answer.model());
        ArrayNode choices = body.putArray("choices");
        CustomTools customs = CustomTools.of(request, ProtocolNames.OPENAI);
        answer.choices().forEach(choice -> choices.add(choice(choice, customs)));
        if (answer.usage() != null) {
            body.set("usage", OpenAiUsage.write(answer.usage()));
        }
        return SurrogateSanitizer.replaceIn(body);
    }

    /** The answer's id, from the request's id: that may be the caller's own, so only harmless characters are taken. */
    public static String id(String requestId) {
        return "chatcmpl-" + String.valueOf(requestId).replaceAll("[^A-Za-z0-9_-]", "");
    }

    private static ObjectNode choice(ChatAnswer.Choice choice, CustomTools customs) {
        List<Part.ToolCall> calls = parts(choice, Part.ToolCall.class);
        String text = Part.text(choice.parts(), "");
        String refusal = joined(choice, Part.Refusal.class, Part.Refusal::text);
        ObjectNode message = Json.object()
                .put("role", "assistant")
                .put("content", text.isEmpty() && !(calls.isEmpty() && refusal.isEmpty()) ? null : text)
                .put("refusal", refusal.isEmpty() ? null : refusal);
        addThinking(choice, message);
        addBeside(choice, message);
        if (!calls.isEmpty()) {
            ArrayNode list = message.putArray("tool_calls");
            calls.forEach(call -> list.add(call(call, customs)));
        }
        ObjectNode node = Json.object().put("index", choice.index());
        node.set("message", message);
        node.set("logprobs", choice.logprobs().isEmpty() ? Json.of(null) : logprobs(choice.logprobs()));
        return node.put("finish_reason", OpenAiFinishReason.write(choice.finish(), !calls.isEmpty()));
    }

    private static ObjectNode call(Part.ToolCall call, CustomTools customs) {
        return customs.contains(call.name())
                ? OpenAiCalls.custom(call.id(), call.name(), CustomTools.unwrap(arguments(call)), call.signature())
                : OpenAiCalls.write(call.id(), call.name(), arguments(call), call.signature());
    }

    static ObjectNode logprobs(List<TokenLogprob> tokens) {
        ObjectNode logprobs = Json.object();
        logprobs.set("content", LogprobJson.write(tokens));
        return logprobs.putNull("refusal");
    }

    /** What stands beside the words: citations, images, and what this dialect alone has a word for. */
    private static void addBeside(ChatAnswer.Choice choice, ObjectNode message) {
        if (!choice.citations().isEmpty()) {
            message.set(
                    "annotations",
                    CitationAnnotations.write(choice.citations(), CitationOffsets.of(Part.text(choice.parts(), ""))));
        }
        List<ObjectNode> images = parts(choice, Part.Image.class).stream()
                .map(OpenAiAnswerImages::write)
                .filter(Objects::nonNull)
                .toList();
        if (!images.isEmpty()) {
            message.putArray("images").addAll(images);
        }
        parts(choice, Part.Opaque.class).stream()
                .filter(opaque -> ProtocolNames.OPENAI.equals(opaque.dialect()))
                .forEach(opaque -> message.setAll(opaque.node()));
    }

    private static void addThinking(ChatAnswer.Choice choice, ObjectNode message) {
        String text = joined(choice, Part.Thinking.class, Part.Thinking::text);
        if (!text.isEmpty()) {
            message.put("reasoning_content", text);
        }
        ArrayNode blocks = JsonNodes.array();
        for (Part.Thinking thinking : parts(choice, Part.Thinking.class)) {
            if (ThinkingBlocks.ORIGIN.equals(thinking.origin()) && thinking.redacted() != null) {
                blocks.add(ThinkingBlocks.redacted(thinking.redacted()));
            } else if (ThinkingBlocks.ORIGIN.equals(thinking.origin()) && thinking.signature() != null) {
                blocks.add(ThinkingBlocks.signed(thinking.text(), thinking.signature()));
            }
        }
        if (!blocks.isEmpty()) {
            message.set("thinking_blocks", blocks);
        }
    }

    /** Callers parse the arguments; a call without any has an empty object. */
    public static String arguments(Part.ToolCall call) {
        return call.arguments() == null || call.arguments().isBlank() ? "{}" : call.arguments();
    }

    private static <T extends Part> List<T> parts(ChatAnswer.Choice choice, Class<T> type) {
        return choice.parts().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static <T extends Part> String joined(ChatAnswer.Choice choice, Class<T> type, Function<T, String> text) {
        return parts(choice, type).stream().map(text).collect(Collectors.joining());
    }
}
