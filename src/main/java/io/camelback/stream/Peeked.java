package io.camelback.stream;

import io.camelback.chat.ChatStream;
import io.camelback.chat.Finish;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderFailure;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A stream whose first content has been seen. Until then nothing has reached the caller, so a failure still goes to the next
 * link: greetings, pings and empty deltas are held back and thrown away with it.
 */
public final class Peeked implements ChatStream {
    /**
     * The most that is held back, in characters, before a stream that says nothing is given up. Each of the first two events of
     * OpenAI's Responses repeats the instructions and the tools of the request, which are 100 KiB and more with coding agents.
     */
    static final int HELD = 1 << 20;

    private final ChatStream stream;
    private final Deque<StreamChunk> held;

    private Peeked(ChatStream stream, Deque<StreamChunk> held) {
        this.stream = stream;
        this.held = held;
    }

    /**
     * Waits for the first content, or for the end of an answer that rightly has none.
     *
     * @throws ProviderFailure when the stream fails first, or ends with nothing said (FAILURES.md P06)
     */
    public static Peeked of(ChatStream stream) {
        Deque<StreamChunk> held = new ArrayDeque<>();
        int size = 0;
        boolean excused = false;
        for (StreamChunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            held.add(chunk);
            if (chunk.hasContent()) {
                return new Peeked(stream, held);
            }
            excused |= excusesEmptiness(chunk);
            size += chunk.data() == null ? 0 : chunk.data().length();
            if (size > HELD) {
                throw new ProviderFailure(FailureKind.PROTOCOL, 0, "no_content", "1 MiB of events without content", null);
            }
        }
        if (!excused) {
            throw empty();
        }
        return new Peeked(stream, held);
    }

    private static boolean excusesEmptiness(StreamChunk chunk) {
        for (StreamEvent event : chunk.events()) {
            if (event instanceof StreamEvent.Finished finished && excusesEmptiness(finished.finish())) {
                return true;
            }
        }
        return false;
    }

    /**
     * An answer that was cut, or declined by policy, may be empty; one that stopped by itself may not. Nor may one that says its
     * window was full: some servers of Anthropic's interface say that when the credits are used up (FAILURES.md P07).
     */
    public static boolean excusesEmptiness(Finish finish) {
        return finish.reason() == Finish.Reason.LENGTH && !"model_context_window_exceeded".equals(finish.raw())
                || finish.reason() == Finish.Reason.CONTENT_FILTER || finish.stopSequence() != null;
    }

    public static ProviderFailure empty() {
        return new ProviderFailure(FailureKind.PROTOCOL, 200, "empty_completion", "an empty completion", null);
    }

    @Override
    public String model() {
        return stream.model();
    }

    @Override
    public StreamChunk next() {
        StreamChunk first = held.poll();
        return first != null ? first : stream.next();
    }

    @Override
    public void close() {
        held.clear();
        stream.close();
    }
}
