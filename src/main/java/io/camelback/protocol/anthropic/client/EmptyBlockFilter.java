package io.camelback.protocol.anthropic.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;

/**
 * Leaves blocks of text without any text, and of thinking without thinking or signature, out of what is relayed: a
 * client keeps them in its history, and Anthropic refuses every later turn for them. The blocks behind one move up. One
 * per stream.
 *
 * @see <a href="https://github.com/anthropics/claude-code/issues/88536">Claude Code, on empty texts</a>
 */
final class EmptyBlockFilter {
    private static final String START = "content_block_start";
    private static final String DELTA = "content_block_delta";
    private static final String STOP = "content_block_stop";
    private static final String INDEX = "index";
    private static final String BLOCK = "content_block";

    /** The beginning of a block of which nothing has come yet; null when there is none. */
    private ObjectNode held;

    private int dropped;

    /** Whether the beginning of a block is held back. */
    boolean holds() {
        return held != null;
    }

    /** What is to be told of an event. */
    record Told(ObjectNode before, ObjectNode event) {
        static final Told NOTHING = new Told(null, null);
    }

    /** Whether an event has to be read for it. */
    boolean concerns(String type) {
        return START.equals(type) || (held != null || dropped > 0) && (DELTA.equals(type) || STOP.equals(type));
    }

    /** @param event one that it concerns */
    Told pass(String type, ObjectNode event) {
        boolean ofHeld = held != null && held.path(INDEX).equals(event.path(INDEX));
        if (START.equals(type)) {
            return start(event);
        }
        if (!ofHeld) {
            return new Told(null, moved(event));
        }
        if (STOP.equals(type)) {
            held = null;
            dropped++;
            return Told.NOTHING;
        }
        if (isEmptyDelta(event.path("delta"))) {
            return Told.NOTHING;
        }
        ObjectNode beginning = moved(held);
        held = null;
        return new Told(beginning, moved(event));
    }

    private Told start(ObjectNode event) {
        if (isEmpty(event.path(BLOCK))) {
            held = event;
            return Told.NOTHING;
        }
        return new Told(null, moved(event));
    }

    /** Whether a block holds nothing that a client could send back. */
    static boolean isEmpty(JsonNode block) {
        return switch (block.path("type").asText()) {
            case "text" -> block.path("text").asText("").isEmpty() && !block.has("citations");
            case "thinking" -> isBare(block, "thinking") && isBare(block, "signature");
            default -> false;
        };
    }

    private static boolean isEmptyDelta(JsonNode delta) {
        return switch (delta.path("type").asText()) {
            case "text_delta" -> isBare(delta, "text");
            case "thinking_delta" -> isBare(delta, "thinking");
            case "signature_delta" -> isBare(delta, "signature");
            default -> false;
        };
    }

    private static boolean isBare(JsonNode node, String field) {
        return node.path(field).asText("").isEmpty();
    }

    private ObjectNode moved(ObjectNode event) {
        return dropped == 0
                ? event
                : JsonNodes.with(event, INDEX, Json.of(event.path(INDEX).asInt() - dropped));
    }
}
