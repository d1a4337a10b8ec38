package io.camelback.stream;

import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.dialect.ToolNames;

/** A stream in which the tools have the caller's own names again. */
public final class NamedStream implements ChatStream {
    private final ChatStream stream;
    private final ToolNames names;

    public NamedStream(ChatStream stream, ToolNames names) {
        this.stream = stream;
        this.names = names;
    }

    @Override
    public String model() {
        return stream.model();
    }

    @Override
    public StreamChunk next() {
        StreamChunk chunk = stream.next();
        return chunk == null ? null : names.received(chunk);
    }

    @Override
    public void close() {
        stream.close();
    }
}
