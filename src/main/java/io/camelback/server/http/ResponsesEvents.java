package io.camelback.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** The events of the WebSocket transport that no stream over HTTP has. */
final class ResponsesEvents {
    private static final String TYPE = "type";
    private static final String ERROR = "error";
    private static final String STATUS = "status";
    /** What tells a client whether, and when, to send its request again. */
    private static final List<String> ADVICE =
            List.of("retry-after", "retry-after-ms", "x-should-retry", "x-request-id");

    private ResponsesEvents() {}

    /** An error of the transport itself. @param type OpenAI's kind of error */
    static ObjectNode error(GatewayError error, String type) {
        ObjectNode event = Json.object().put(TYPE, ERROR).put(STATUS, error.status());
        event.putObject(ERROR)
                .put(TYPE, type)
                .put("code", error.code())
                .put("message", error.message())
                .put("param", error.param());
        return event;
    }

    /** An answer over HTTP that has a status of its own, with the headers that say whether to try again. */
    static ObjectNode refused(HttpClientResponse answer, Buffer body) {
        ObjectNode event = Json.object().put(TYPE, ERROR).put(STATUS, answer.statusCode());
        event.set(ERROR, told(body));
        ObjectNode headers = event.putObject("headers");
        for (String name : ADVICE) {
            if (answer.getHeader(name) != null) {
                headers.put(name, answer.getHeader(name));
            }
        }
        return event;
    }

    private static JsonNode told(Buffer body) {
        try {
            return Json.read(body.toString(StandardCharsets.UTF_8)).path(ERROR);
        } catch (JsonProcessingException e) {
            return Json.object()
                    .put("code", "internal_error")
                    .put("message", "The gateway failed. The log has the details.");
        }
    }

    /** @param id of the response that a client may go on from */
    record WarmUp(String id, List<ObjectNode> events) {}

    /** The answer to a request that only prepares the next one. */
    static WarmUp warmUp(ObjectNode request) {
        String id = "resp_" + UUID.randomUUID().toString().replace("-", "");
        ObjectNode response = Json.object().put("id", id).put("object", "response");
        response.set("model", request.path("model"));
        response.putArray("output");
        ObjectNode done = response.deepCopy().put(STATUS, "completed");
        done.putObject("usage").put("input_tokens", 0).put("output_tokens", 0).put("total_tokens", 0);
        return new WarmUp(
                id,
                List.of(
                        event("response.created", response.put(STATUS, "in_progress"), 0),
                        event("response.completed", done, 1)));
    }

    private static ObjectNode event(String type, ObjectNode response, int number) {
        ObjectNode event = Json.object().put(TYPE, type).put("sequence_number", number);
        event.set("response", response);
        return event;
    }
}
