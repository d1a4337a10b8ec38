package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.Citation;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.TokenLogprob;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.support.CitationAnnotations;
import io.camelback.protocol.support.CitationOffsets;
import io.camelback.protocol.support.LogprobJson;
import java.util.List;
import java.util.function.Consumer;

/**
 * One part of a message in a stream: tells each piece of it once, be it in a delta or only when the item is complete.
 */
final class PartDeltaTracker {
    private final CitationOffsets text = new CitationOffsets();
    private final int before;
    private int refused;
    private int annotations;
    private boolean weighed;

    /** @param before the characters of text in the answer before this part */
    PartDeltaTracker(int before) {
        this.before = before;
    }

    int length() {
        return text.length();
    }

    void text(String delta, JsonNode logprobs, Consumer<StreamEvent> events) {
        List<TokenLogprob> tokens = LogprobJson.read(logprobs);
        if (!tokens.isEmpty()) {
            weighed = true;
            events.accept(new StreamEvent.LogprobsDelta(0, tokens));
        }
        if (!delta.isEmpty()) {
            text.add(delta);
            events.accept(new StreamEvent.TextDelta(0, delta));
        }
    }

    void refusal(String delta, Consumer<StreamEvent> events) {
        if (!delta.isEmpty()) {
            refused += delta.length();
            events.accept(new StreamEvent.RefusalDelta(0, delta));
        }
    }

    /** @param number counts the annotations of the part from 0 */
    void annotation(int number, JsonNode annotation, Consumer<StreamEvent> events) {
        if (number < annotations) {
            return;
        }
        annotations = number + 1;
        Citation citation = CitationAnnotations.readOne(annotation, text);
        if (citation != null) {
            events.accept(new StreamEvent.Cited(0, citation.moved(before)));
        }
    }

    /** @param part the whole part: what was not told yet is told now */
    void end(JsonNode part, Consumer<StreamEvent> events) {
        text(
                rest(part.path("text").asText(""), text.length()),
                weighed ? JsonNodes.array() : part.path("logprobs"),
                events);
        refusal(rest(part.path("refusal").asText(""), refused), events);
        for (int number = 0; number < part.path("annotations").size(); number++) {
            annotation(number, part.path("annotations").get(number), events);
        }
    }

    static String rest(String whole, int told) {
        return whole.length() > told ? whole.substring(told) : "";
    }
}
