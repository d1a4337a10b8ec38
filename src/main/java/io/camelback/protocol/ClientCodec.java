package io.camelback.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;

/** How callers of one dialect are understood and answered. Stateless. */
public interface ClientCodec {

    /** The dialect's name, the same as the provider side's where there is one. */
    String name();

    /**
     * Reads a request.
     *
     * @throws InvalidRequestException naming the field that is missing, mistyped or out of range
     */
    ChatRequest readRequest(ObjectNode body);

    /**
     * Writes an answer; one that came in this dialect goes out as it came.
     *
     * @param request the request it answers, as this codec read it; null when it is not known
     * @param requestId names an answer that has no id of its own
     */
    ObjectNode writeAnswer(ChatAnswer answer, ChatRequest request, String requestId);

    /** A writer for one stream. */
    StreamWriter streamWriter(ChatRequest request, String requestId, long created);

    /** The media type of a streamed answer. */
    default String streamType() {
        return "text/event-stream; charset=utf-8";
    }

    /**
     * A comment between the events of a stream, which this dialect's clients pass over: a bare line end where they
     * would not.
     */
    default String comment(String text) {
        return ": " + text + "\n\n";
    }

    /** What keeps a client from giving up while nothing else is to be told. */
    default String heartbeat() {
        return comment("camelback is waiting for the answer");
    }

    ObjectNode writeError(GatewayError error, String requestId);

    /** The HTTP status an error goes out with: its own, unless this dialect has a word of its own for it. */
    default int status(GatewayError error) {
        return error.status();
    }
}
