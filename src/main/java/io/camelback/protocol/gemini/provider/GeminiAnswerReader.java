package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.gemini.GeminiFinishReason;
import io.camelback.protocol.gemini.GeminiGrounding;
import io.camelback.protocol.gemini.GeminiLogprobs;
import io.camelback.protocol.gemini.GeminiUsage;
import io.camelback.protocol.support.CitationOffsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a complete answer. */
final class GeminiAnswerReader {
    private final ObjectNode body;
    private final String id;
    private final GeminiPartReader parts = new GeminiPartReader();

    GeminiAnswerReader(ObjectNode body) {
        this.body = body;
        this.id = Json.string(body, "responseId");
    }

    /** Gemini tells no time: {@code created} is 0. */
    ChatAnswer read() {
        return new ChatAnswer(
                id,
                Json.string(body, "modelVersion"),
                0,
                choices(),
                GeminiUsage.read(body),
                new ChatAnswer.Original(ProtocolNames.GEMINI, body));
    }

    private List<ChatAnswer.Choice> choices() {
        List<ChatAnswer.Choice> choices = new ArrayList<>();
        for (JsonNode candidate : body.path("candidates")) {
            choices.add(choice(candidate, candidate.path("index").asInt(choices.size())));
        }
        if (!choices.isEmpty()) {
            return choices;
        }
        String blocked = GeminiFinishReason.blockReason(body);
        if (blocked == null) {
            throw new MalformedResponseException("neither candidates nor a block reason");
        }
        return List.of(new ChatAnswer.Choice(0, List.of(), GeminiFinishReason.blocked(blocked)));
    }

    private ChatAnswer.Choice choice(JsonNode candidate, int index) {
        List<Part> read = parts.read(candidate, id);
        String reason = GeminiFinishReason.reason(candidate);
        if (GeminiFinishReason.fault(reason) && read.stream().allMatch(Part.Thinking.class::isInstance)) {
            throw new MalformedResponseException("finishReason " + reason);
        }
        boolean calls = Part.any(read, Part.ToolCall.class);
        return new ChatAnswer.Choice(
                index,
                read,
                GeminiFinishReason.of(reason, calls),
                GeminiGrounding.read(candidate, CitationOffsets.of(Part.text(read, ""))),
                GeminiLogprobs.read(candidate));
    }
}
