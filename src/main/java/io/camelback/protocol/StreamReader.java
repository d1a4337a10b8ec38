package io.camelback.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.StreamEvent;
import java.util.List;

/** Understands one stream, event by event. Holds the state of that stream; used once, by one thread. */
public interface StreamReader {

    /**
     * What an event of the provider means.
     *
     * @param name the SSE event's name; null when it had none
     * @param data the SSE event's data as JSON; an event that is an error is not given here
     * @throws MalformedResponseException when it is no event of this dialect
     */
    List<StreamEvent> read(String name, ObjectNode data);

    /** Whether the provider has said why the model stopped: a stream that ends before that was cut. */
    boolean finished();

    /**
     * Whether the terminal marker was seen ({@code message_stop}); nothing after it counts. Always false where the
     * dialect has none.
     */
    default boolean terminated() {
        return false;
    }

    /**
     * What is still to be told at a valid end, such as a finish reason that could only be known there.
     *
     * @throws MalformedResponseException when it cannot be a valid end: something had begun that has no end
     */
    default List<StreamEvent> end() {
        return List.of();
    }

    /**
     * Whether the events of the last {@link #read} say something else than its data: then the data must not be handed
     * on.
     */
    default boolean altered() {
        return false;
    }
}
