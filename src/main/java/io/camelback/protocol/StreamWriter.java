package io.camelback.protocol;

import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;

/** Writes one stream for one caller, as the text of server-sent events. Used once, by one thread. */
public interface StreamWriter {

    /** The events for a chunk; empty when it has nothing for this caller. */
    String write(StreamChunk chunk);

    /** What closes a complete stream: the usage where it was asked for, and the terminal marker. */
    String end();

    /** The event that ends a broken stream. No terminal marker may follow it. */
    String error(GatewayError error);
}
