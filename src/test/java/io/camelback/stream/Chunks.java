package io.camelback.stream;

import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A stream of chunks that are there already. */
final class Chunks implements ChatStream {
    private final Deque<StreamChunk> chunks;
    private int closed;

    private Chunks(List<StreamChunk> chunks) {
        this.chunks = new ArrayDeque<>(chunks);
    }

    static Chunks of(StreamChunk... chunks) {
        return new Chunks(List.of(chunks));
    }

    /** Each event in a chunk of its own. */
    static Chunks of(List<StreamEvent> events) {
        return new Chunks(events.stream().map(StreamChunk::made).toList());
    }

    int closed() {
        return closed;
    }

    /** The chunks that nobody has asked for. */
    int left() {
        return chunks.size();
    }

    @Override
    public String model() {
        return "m";
    }

    @Override
    public StreamChunk next() {
        return chunks.poll();
    }

    @Override
    public void close() {
        closed++;
    }
}
