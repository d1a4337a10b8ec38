package io.camelback.stream;

import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.dialect.ToolNames;

/** A stream in which the tools have the caller's own names again. */
public final class NamedStream extends Wrapped {
    private final ToolNames names;

    public NamedStream(ChatStream stream, ToolNames names) {
        super(stream);
        this.names = names;
    }

    @Override
    public StreamChunk next() {
        StreamChunk chunk = stream.next();
        return chunk == null ? null : names.received(chunk);
    }
}
