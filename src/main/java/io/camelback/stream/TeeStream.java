package io.camelback.stream;

import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.protocol.AnswerCollector;

/** A stream that also passes its chunks to a collector. */
public final class TeeStream extends DelegatingChatStream {
    private final AnswerCollector collector;

    public TeeStream(ChatStream stream, AnswerCollector collector) {
        super(stream);
        this.collector = collector;
    }

    @Override
    public StreamChunk next() {
        StreamChunk chunk = stream.next();
        if (chunk != null) {
            collector.add(chunk);
        }
        return chunk;
    }
}
