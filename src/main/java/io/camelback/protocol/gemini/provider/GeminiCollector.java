package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.StreamChunk;
import io.camelback.json.Json;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.support.StreamChunkJson;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Merges a stream's chunks into the answer that Gemini would have sent at once, fields unknown to us included, and
 * reads that. What a reader tells at the stream's end follows from the chunks, so it adds nothing here.
 */
final class GeminiCollector implements AnswerCollector {
    /** What names the answer: the first chunk's word counts. Of everything else the last one does. */
    private static final Set<String> NAMES = Set.of("responseId", "modelVersion", "createTime");

    private final ObjectNode top = Json.object();
    private final Map<Integer, GeminiCandidateCollector> candidates = new TreeMap<>();

    @Override
    public void add(StreamChunk chunk) {
        if (!ProtocolNames.GEMINI.equals(chunk.dialect()) || chunk.data() == null) {
            return;
        }
        ObjectNode data = StreamChunkJson.parse(chunk.data());
        for (Map.Entry<String, JsonNode> field : data.properties()) {
            boolean known =
                    top.hasNonNull(field.getKey()) && (field.getValue().isNull() || NAMES.contains(field.getKey()));
            if (!known && !field.getKey().equals("candidates")) {
                top.set(field.getKey(), field.getValue());
            }
        }
        JsonNode pieces = data.path("candidates");
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i) instanceof ObjectNode piece) {
                candidates
                        .computeIfAbsent(piece.path("index").asInt(i), index -> new GeminiCandidateCollector())
                        .add(piece);
            }
        }
    }

    @Override
    public ChatAnswer answer(long created) {
        ObjectNode body = Json.object();
        if (!candidates.isEmpty()) {
            ArrayNode list = body.putArray("candidates");
            candidates.values().forEach(candidate -> list.add(candidate.toJson()));
        }
        body.setAll(top);
        ChatAnswer answer = new GeminiAnswerReader(body).read();
        return new ChatAnswer(
                answer.id(), answer.model(), created, answer.choices(), answer.usage(), answer.original());
    }
}
