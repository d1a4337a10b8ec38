package io.camelback.stream;

import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.dialect.AnswerCollector;

/** A stream that a collector reads along with. */
public final class Teed implements ChatStream {
    private final ChatStream stream;
    private final AnswerCollector collector;

    public Teed(ChatStream stream, AnswerCollector collector) {
        this.stream = stream;
        this.collector = collector;
    }

    @Override
    public String model() {
        return stream.model();
    }

    @Override
    public StreamChunk next() {
        StreamChunk chunk = stream.next();
        if (chunk != null) {
            collector.add(chunk);
        }
        return chunk;
    }

    @Override
    public void close() {
        stream.close();
    }
}
