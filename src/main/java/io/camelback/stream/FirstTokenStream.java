package io.camelback.stream;

import io.camelback.chat.ChatStream;
import io.camelback.chat.FinishReason;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * A stream whose first content has arrived. Until then nothing has reached the caller, so a failure still goes to the
 * next link: greetings, pings and empty deltas are held back and thrown away with it.
 */
public final class FirstTokenStream extends DelegatingChatStream {
    /**
     * The usual most that is held back, in characters, before a stream that says nothing is given up. Each of the first
     * two events of OpenAI's Responses repeats the instructions and the tools of the request, which are 100 KiB and
     * more with coding agents.
     */
    static final int HELD = 1 << 20;
    /** What a chunk takes beside its data, roughly. */
    private static final int CHUNK = 256;

    private final Deque<StreamChunk> held;

    private FirstTokenStream(ChatStream stream, Deque<StreamChunk> held) {
        super(stream);
        this.held = held;
    }

    public static FirstTokenStream of(ChatStream stream) {
        return of(stream, Set.of(), HELD);
    }

    /**
     * Waits for the first content, or for the end of an answer that rightly has none.
     *
     * @param quotaStops the stop reasons with which an empty answer means that the provider's credit is used up
     * @param most what is held back, in characters, before a stream that says nothing is given up
     * @throws ProviderException when the stream fails first, or ends with nothing said (docs/failures.md P06, P07)
     */
    public static FirstTokenStream of(ChatStream stream, Set<String> quotaStops, int most) {
        Deque<StreamChunk> held = new ArrayDeque<>();
        int size = 0;
        List<FinishReason> stops = new ArrayList<>();
        for (StreamChunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            held.add(chunk);
            if (chunk.hasContent()) {
                return new FirstTokenStream(stream, held);
            }
            for (StreamEvent event : chunk.events()) {
                if (event instanceof StreamEvent.Finished finished) {
                    stops.add(finished.finish());
                }
            }
            size += CHUNK + chunk.length();
            if (size > most) {
                throw new ProviderException(
                        FailureKind.PROTOCOL, 0, "no_content", most + " bytes of events without content", null);
            }
        }
        checkEmpty(stops, quotaStops);
        return new FirstTokenStream(stream, held);
    }

    /**
     * An answer that was cut, or declined by policy, may be empty; one that stopped by itself may not. Nor may one that
     * says its window was full: some servers of Anthropic's interface say that when the credits are used up
     * (docs/failures.md P07).
     *
     * @param stops why each choice of an answer without a word stopped
     * @param quotaStops the reasons that mean that the provider's credit is used up
     * @throws ProviderException when it should have had some
     */
    public static void checkEmpty(List<FinishReason> stops, Set<String> quotaStops) {
        if (stops.stream().anyMatch(stop -> stop.raw() != null && quotaStops.contains(stop.raw()))) {
            throw new ProviderException(
                    FailureKind.QUOTA, 200, "insufficient_quota", "an empty completion, the credit is used up", null);
        }
        if (stops.stream().noneMatch(FirstTokenStream::excusesEmptiness)) {
            throw new ProviderException(FailureKind.PROTOCOL, 200, "empty_completion", "an empty completion", null);
        }
    }

    private static boolean excusesEmptiness(FinishReason finish) {
        return finish.reason() == FinishReason.Kind.LENGTH && !"model_context_window_exceeded".equals(finish.raw())
                || finish.reason() == FinishReason.Kind.CONTENT_FILTER
                || finish.stopSequence() != null;
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
