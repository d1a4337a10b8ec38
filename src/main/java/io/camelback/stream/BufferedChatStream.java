package io.camelback.stream;

import io.camelback.chat.ChatStream;
import io.camelback.chat.FinishReason;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A stream that holds back chunks until they are safe to deliver. Whoever makes it waits while it is held back, inside
 * the breaker: what breaks until then is the next link's chance, and nothing of it has reached the caller.
 */
public final class BufferedChatStream extends DelegatingChatStream {
    /** What a chunk takes beside its data, roughly. */
    private static final int CHUNK = 256;

    private final Deque<StreamChunk> held = new ArrayDeque<>();
    private final long most;
    private long size;
    private boolean whole;

    private BufferedChatStream(ChatStream stream, long most) {
        super(stream);
        this.most = most;
    }

    /**
     * The whole stream, at its valid end.
     *
     * @param most what may be held, in characters
     * @throws ProviderException when it breaks, or is larger than may be held
     */
    public static BufferedChatStream whole(ChatStream stream, long most) {
        BufferedChatStream held = new BufferedChatStream(stream, most);
        held.rest();
        return held;
    }

    /**
     * The stream at its first text, from where on it is live; one that begins with a tool call, thinking aside, is
     * whole. From a tool call after the text on it is held back as well, by {@link #next()}.
     *
     * @param most what may be held, in characters
     * @throws ProviderException when it breaks before that, or is larger than may be held
     */
    public static BufferedChatStream calls(ChatStream stream, long most) {
        BufferedChatStream held = new BufferedChatStream(stream, most);
        StreamChunk chunk = held.hold();
        while (chunk != null && !calls(chunk) && !says(chunk)) {
            chunk = held.hold();
        }
        if (chunk != null && calls(chunk)) {
            held.rest();
        }
        return held;
    }

    /** Whether nothing is left to come of the provider. */
    public boolean isWhole() {
        return whole;
    }

    /** Whether it is whole, stopped by itself, and tells nothing but reasoning. */
    public boolean isThoughtOnly() {
        boolean thought = false;
        boolean stopped = false;
        for (StreamChunk chunk : held) {
            for (StreamEvent event : chunk.events()) {
                if (event instanceof StreamEvent.ThinkingDelta thinking) {
                    thought |= !thinking.text().isBlank();
                } else if (event instanceof StreamEvent.Finished finished) {
                    stopped |= finished.finish().reason() == FinishReason.Kind.STOP;
                } else if (event.isContent()
                        && !(event instanceof StreamEvent.TextDelta text
                                && text.text().isBlank())) {
                    return false;
                }
            }
        }
        return whole && thought && stopped;
    }

    private void rest() {
        while (hold() != null) {
            // Until the end.
        }
    }

    private StreamChunk hold() {
        StreamChunk chunk = stream.next();
        if (chunk == null) {
            whole = true;
            return null;
        }
        held.add(chunk);
        size += size(chunk);
        if (size > most) {
            throw new ProviderException(
                    FailureKind.PROTOCOL,
                    0,
                    "answer_too_large",
                    "an answer larger than limits.held (" + most + ")",
                    null);
        }
        return chunk;
    }

    private static long size(StreamChunk chunk) {
        return CHUNK + chunk.length();
    }

    private static boolean calls(StreamChunk chunk) {
        return chunk.events().stream().anyMatch(StreamEvent.ToolCallStarted.class::isInstance);
    }

    private static boolean says(StreamChunk chunk) {
        return chunk.events().stream()
                .anyMatch(event -> event instanceof StreamEvent.TextDelta text
                                && !text.text().isBlank()
                        || event instanceof StreamEvent.RefusalDelta refusal
                                && !refusal.text().isBlank());
    }

    @Override
    public StreamChunk next() {
        if (held.isEmpty() && !whole) {
            StreamChunk chunk = hold();
            if (chunk != null && calls(chunk)) {
                rest();
            }
        }
        StreamChunk first = held.poll();
        size -= first == null ? 0 : size(first);
        return first;
    }

    @Override
    public void close() {
        held.clear();
        stream.close();
    }
}
