package io.camelback.testkit;

import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A stream of chunks that are there already. */
public final class ChunkListStream implements ChatStream {
    private final Deque<StreamChunk> chunks;
    private int closed;

    private ChunkListStream(List<StreamChunk> chunks) {
        this.chunks = new ArrayDeque<>(chunks);
    }

    public static ChunkListStream of(StreamChunk... chunks) {
        return new ChunkListStream(List.of(chunks));
    }

    /** Each event in a chunk of its own. */
    public static ChunkListStream of(List<StreamEvent> events) {
        return new ChunkListStream(events.stream().map(StreamChunk::made).toList());
    }

    public int closed() {
        return closed;
    }

    /** The chunks that nobody has asked for. */
    public int left() {
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
