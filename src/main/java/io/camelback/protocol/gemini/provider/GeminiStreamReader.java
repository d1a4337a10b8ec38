package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Citation;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.TokenLogprob;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.gemini.GeminiFinishReason;
import io.camelback.protocol.gemini.GeminiGrounding;
import io.camelback.protocol.gemini.GeminiLogprobs;
import io.camelback.protocol.gemini.GeminiUsage;
import io.camelback.protocol.support.CitationOffsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Understands {@code alt=sse}: every event is a piece of an answer, and the end is the end of the bytes. The finish is
 * told in {@link #end()}, as parts may follow the chunk with the reason and any function call among them changes it.
 */
final class GeminiStreamReader implements StreamReader {

    /** What is known of one candidate so far. */
    private static final class Candidate {
        private final CitationOffsets said = new CitationOffsets();
        /** What comes with the last pieces, or grows with each. */
        private final ObjectNode metadata = Json.object();

        private final List<JsonNode> recited = new ArrayList<>();
        private int calls;
        private boolean content;
        private String reason;
        private String blockReason;

        void note(JsonNode piece) {
            if (piece.path("groundingMetadata").isObject()) {
                metadata.set("groundingMetadata", piece.get("groundingMetadata"));
            }
            if (piece.path("citationMetadata").isObject()) {
                recited.add(Json.object().set("citationMetadata", piece.get("citationMetadata")));
            }
        }

        List<Citation> citations() {
            List<Citation> citations = new ArrayList<>(GeminiGrounding.read(metadata, said));
            recited.forEach(piece -> citations.addAll(GeminiGrounding.read(piece, said)));
            return citations;
        }

        boolean finished() {
            return reason != null || blockReason != null;
        }

        FinishReason finish() {
            return reason == null ? GeminiFinishReason.blocked(blockReason) : GeminiFinishReason.of(reason, calls > 0);
        }
    }

    private final GeminiPartReader parts = new GeminiPartReader();
    private final Map<Integer, Candidate> candidates = new TreeMap<>();
    private String id;
    private boolean started;
    private boolean ended;

    @Override
    public List<StreamEvent> read(String name, ObjectNode data) {
        List<StreamEvent> events = new ArrayList<>();
        if (!started && (data.has("candidates") || data.has("promptFeedback") || data.has("responseId"))) {
            started = true;
            id = Json.string(data, "responseId");
            events.add(new StreamEvent.Started(id, Json.string(data, "modelVersion")));
        }
        JsonNode pieces = data.path("candidates");
        if (!pieces.isArray() && !pieces.isMissingNode() && !pieces.isNull()) {
            throw new MalformedResponseException("candidates is no list");
        }
        for (int position = 0; position < pieces.size(); position++) {
            piece(pieces.get(position), pieces.get(position).path("index").asInt(position), events);
        }
        String blocked = GeminiFinishReason.blockReason(data);
        if (blocked != null) {
            candidates.computeIfAbsent(0, index -> new Candidate()).blockReason = blocked;
        }
        Usage usage = GeminiUsage.read(data);
        if (usage != null) {
            events.add(new StreamEvent.UsageReported(usage));
        }
        return events;
    }

    private void piece(JsonNode piece, int choice, List<StreamEvent> events) {
        Candidate candidate = candidates.computeIfAbsent(choice, index -> new Candidate());
        candidate.note(piece);
        List<TokenLogprob> tokens = GeminiLogprobs.read(piece);
        if (!tokens.isEmpty()) {
            events.add(new StreamEvent.LogprobsDelta(choice, tokens));
        }
        for (Part part : parts.read(piece, id)) {
            tell(part, choice, candidate, events);
        }
        String reason = GeminiFinishReason.reason(piece);
        if (reason == null) {
            return;
        }
        if (GeminiFinishReason.fault(reason) && !candidate.content) {
            throw new MalformedResponseException("finishReason " + reason);
        }
        candidate.reason = reason;
    }

    private static void tell(Part part, int choice, Candidate candidate, List<StreamEvent> events) {
        if (part instanceof Part.Thinking thinking) {
            if (!thinking.text().isEmpty()) {
                events.add(new StreamEvent.ThinkingDelta(choice, thinking.text()));
            }
            if (thinking.signature() != null) {
                events.add(new StreamEvent.ThinkingSigned(choice, thinking.signature(), thinking.origin()));
            }
            return;
        }
        candidate.content = true;
        if (part instanceof Part.ToolCall call) {
            int number = candidate.calls++;
            events.add(new StreamEvent.ToolCallStarted(choice, number, call.id(), call.name(), call.signature()));
            events.add(new StreamEvent.ToolCallDelta(choice, number, call.arguments()));
        } else if (part instanceof Part.Image image) {
            events.add(new StreamEvent.ImageShown(choice, image));
        } else if (part instanceof Part.Opaque opaque) {
            events.add(new StreamEvent.OpaqueContent(choice, opaque));
        } else if (part instanceof Part.Text text) {
            candidate.said.add(text.text());
            events.add(new StreamEvent.TextDelta(choice, text.text()));
        }
    }

    @Override
    public boolean finished() {
        return !candidates.isEmpty() && candidates.values().stream().allMatch(Candidate::finished);
    }

    @Override
    public List<StreamEvent> end() {
        List<StreamEvent> events = new ArrayList<>();
        if (!ended) {
            ended = true;
            candidates.forEach((choice, candidate) -> {
                if (candidate.finished()) {
                    candidate.citations().forEach(citation -> events.add(new StreamEvent.Cited(choice, citation)));
                    events.add(new StreamEvent.Finished(choice, candidate.finish()));
                }
            });
        }
        return events;
    }
}
