package io.camelback.stream;

import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.dialect.AnswerCollector;

/** A stream that a collector reads along with. */
public final class Teed extends Wrapped {
    private final AnswerCollector collector;

    public Teed(ChatStream stream, AnswerCollector collector) {
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
