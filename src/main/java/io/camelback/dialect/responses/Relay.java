package io.camelback.dialect.responses;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
import io.camelback.dialect.Json;
import io.camelback.dialect.openai.Wire;

/** Hands a stream of this dialect on as it came. One per stream. */
final class Relay {
    private String first;
    private String last;

    boolean begun() {
        return first != null;
    }

    String write(StreamChunk chunk) {
        String data = chunk.data();
        String name = chunk.name();
        if (name == null || data.indexOf('\n') >= 0) {
            JsonNode event = parse(data);
            data = Json.text(event);
            name = name == null ? Wire.text(event, "type") : name;
        }
        first = first == null ? data : first;
        last = data;
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    /** Ends the provider's own response: the id, the model and all else of its beginning, and the next number. */
    String error(GatewayError error, String message) {
        JsonNode began = parse(first).path("response");
        EventLog log = new EventLog(false, parse(last).path("sequence_number").asInt(0) + 1);
        ObjectNode failed = Wire.copy(began.isObject() ? (ObjectNode) began : Json.object()).put("status", "failed");
        failed.putObject("error").put("code", error.code()).put("message", message);
        ResponsesStreamWriter.fail(log, failed, error, message);
        return log.drain();
    }

    /** It was read before: that is how its meaning became known. */
    private static JsonNode parse(String data) {
        try {
            return Json.read(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event that was read is not JSON", e);
        }
    }
}
