package io.camelback.protocol.openai.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.protocol.support.SurrogateSanitizer;

/** Writes events with their growing number. One per stream; for an answer that is not streamed it writes nothing. */
public final class SseEventSequence {
    private final boolean silent;
    private final StringBuilder text = new StringBuilder();
    private int number;

    /** @param first the number of the first event */
    public SseEventSequence(boolean silent, int first) {
        this.silent = silent;
        this.number = first;
    }

    void add(String type, ObjectNode fields) {
        if (!silent) {
            ObjectNode event = Json.object().put("type", type).put("sequence_number", number++);
            event.setAll(fields);
            text.append("event: ")
                    .append(type)
                    .append("\ndata: ")
                    .append(SurrogateSanitizer.escape(Json.text(event)))
                    .append("\n\n");
        }
    }

    public void response(String type, ObjectNode response) {
        add(type, Json.object().set("response", response));
    }

    /** What was written since it was last asked for. */
    public String drain() {
        String written = text.toString();
        text.setLength(0);
        return written;
    }
}
