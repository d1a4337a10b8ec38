package io.camelback.stream;

import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.protocol.ToolNames;

/** A stream that restores the client's own tool names. */
public final class ToolNameStream extends DelegatingChatStream {
    private final ToolNames names;

    public ToolNameStream(ChatStream stream, ToolNames names) {
        super(stream);
        this.names = names;
    }

    @Override
    public StreamChunk next() {
        StreamChunk chunk = stream.next();
        return chunk == null ? null : names.received(chunk);
    }
}
