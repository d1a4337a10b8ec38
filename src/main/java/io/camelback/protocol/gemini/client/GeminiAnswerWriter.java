package io.camelback.protocol.gemini.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.gemini.GeminiFinishReason;
import io.camelback.protocol.gemini.GeminiGrounding;
import io.camelback.protocol.gemini.GeminiLogprobs;
import io.camelback.protocol.gemini.GeminiUsage;
import io.camelback.protocol.support.CitationOffsets;
import java.util.ArrayList;
import java.util.List;

/** Writes an answer as a {@code GenerateContentResponse}; one that came in this dialect goes out as it came. */
final class GeminiAnswerWriter {
    private GeminiAnswerWriter() {}

    static ObjectNode write(ChatAnswer answer, ChatRequest request, String requestId) {
        if (answer.original() != null
                && ProtocolNames.GEMINI.equals(answer.original().dialect())) {
            return answer.original().body();
        }
        boolean thoughts = GeminiAnswerParts.wantsThoughts(request);
        List<ObjectNode> candidates = new ArrayList<>();
        for (ChatAnswer.Choice choice : answer.choices()) {
            boolean refused = Part.any(choice.parts(), Part.Refusal.class);
            ObjectNode candidate = candidate(
                    choice.index(), parts(choice, thoughts), GeminiFinishReason.write(choice.finish(), refused));
            GeminiGrounding.write(candidate, choice.citations(), CitationOffsets.of(Part.text(choice.parts(), "")));
            GeminiLogprobs.write(candidate, choice.logprobs());
            candidates.add(candidate);
        }
        return response(candidates, answer.usage(), answer.model(), requestId);
    }

    private static List<ObjectNode> parts(ChatAnswer.Choice choice, boolean thoughts) {
        GeminiAnswerParts writer = new GeminiAnswerParts(thoughts);
        List<ObjectNode> parts = new ArrayList<>();
        boolean cut = choice.finish().reason() == FinishReason.Kind.LENGTH;
        for (Part part : choice.parts()) {
            if (part instanceof Part.Text text && !text.text().isEmpty()) {
                parts.add(writer.text(text.text()));
            } else if (part instanceof Part.Refusal refusal && !refusal.text().isEmpty()) {
                parts.add(writer.text(refusal.text()));
            } else if (part instanceof Part.Thinking thinking) {
                parts.add(writer.thought(thinking.text()));
                parts.add(writer.proof(thinking));
            } else if (part instanceof Part.ToolCall call && !(cut && !GeminiAnswerParts.isWhole(call.arguments()))) {
                parts.add(writer.call(call.id(), call.name(), call.arguments(), call.signature()));
            } else if (part instanceof Part.Image image) {
                parts.add(GeminiAnswerParts.image(image));
            } else if (part instanceof Part.Opaque opaque && ProtocolNames.GEMINI.equals(opaque.dialect())) {
                parts.add(opaque.node());
            }
        }
        parts.removeIf(part -> part == null);
        return parts;
    }

    /** @param finishReason null while there is more to come */
    static ObjectNode candidate(int index, List<ObjectNode> parts, String finishReason) {
        ObjectNode candidate = Json.object();
        ObjectNode content = candidate.putObject("content");
        if (!parts.isEmpty()) {
            content.putArray("parts").addAll(parts);
        }
        content.put("role", "model");
        if (finishReason != null) {
            candidate.put("finishReason", finishReason);
        }
        return candidate.put("index", index);
    }

    /** @param usage null when it is not known, or not yet */
    static ObjectNode response(List<ObjectNode> candidates, Usage usage, String model, String requestId) {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("candidates");
        candidates.forEach(list::add);
        if (usage != null) {
            body.set("usageMetadata", GeminiUsage.write(usage));
        }
        if (model != null) {
            body.put("modelVersion", model);
        }
        return body.put("responseId", String.valueOf(requestId).replaceAll("[^A-Za-z0-9_-]", ""));
    }
}
