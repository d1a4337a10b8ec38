package io.camelback.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.json.Json;
import io.camelback.memory.MemoryLease;
import io.camelback.protocol.InvalidRequestException;

/**
 * The last answer on a WebSocket connection and what it was an answer to, so that the next request need only send what
 * is new. Kept as long as the connection lives and there is memory for it; whoever names an answer that is not kept is
 * told so, and sends the whole conversation. Used on one event loop.
 */
final class ResponsesHistory {
    private static final String INPUT = "input";
    private static final String PREVIOUS = "previous_response_id";
    /** What the tree of a text takes, for each of its bytes. */
    private static final long FOOTPRINT = 4;

    private final MemoryLease lease;
    private String id;
    private ArrayNode history;
    private ArrayNode asked;
    private ArrayNode output;

    ResponsesHistory(MemoryLease lease) {
        this.lease = lease;
    }

    /**
     * The whole request that a message stands for.
     *
     * @param message is changed
     * @throws InvalidRequestException when it goes on from an answer that is not kept
     */
    ObjectNode whole(ObjectNode message) {
        JsonNode previous = message.remove(PREVIOUS);
        ArrayNode input = items(message.get(INPUT));
        if (previous != null && !previous.isNull()) {
            if (history == null || !previous.asText().equals(id)) {
                throw new InvalidRequestException(new GatewayError(
                        400,
                        "previous_response_not_found",
                        "There is no response " + shown(previous) + " on this connection. Send the whole conversation.",
                        PREVIOUS,
                        null));
            }
            input = Json.object().arrayNode().addAll(history).addAll(input);
            message.set(INPUT, input);
        }
        asked = input;
        output = Json.object().arrayNode();
        return message;
    }

    private static String shown(JsonNode id) {
        String text = id.asText();
        return text.matches("[\\w-]{1,80}") ? text : "of this id";
    }

    private static ArrayNode items(JsonNode input) {
        ArrayNode items = Json.object().arrayNode();
        if (input instanceof ArrayNode list) {
            return items.addAll(list);
        }
        if (input != null && input.isTextual()) {
            items.addObject().put("role", "user").put("content", input.asText());
        }
        return items;
    }

    /**
     * An item of the answer is whole. Where there is no memory for it, the answer is not kept.
     *
     * @param bytes how long it is as text
     */
    void add(JsonNode item, long bytes) {
        if (output != null && lease.grow(bytes * FOOTPRINT)) {
            output.add(item);
        } else {
            output = null;
        }
    }

    /**
     * The answer is whole: the next request may go on from it. An answer is whole once.
     *
     * @param bytes how long all of it is as text
     */
    void complete(String responseId, long bytes) {
        if (asked == null) {
            return;
        }
        forget();
        if (output != null && lease.grow(bytes * FOOTPRINT)) {
            id = responseId;
            history = asked.addAll(output);
        }
        asked = null;
        output = null;
    }

    /** Nothing can be gone on from any more. */
    void forget() {
        lease.shrink(lease.size());
        id = null;
        history = null;
    }

    void close() {
        forget();
        lease.close();
    }
}
