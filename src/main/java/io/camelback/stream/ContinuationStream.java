package io.camelback.stream;

import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import java.util.ArrayList;
import java.util.List;

/**
 * The continuation of an answer that broke off, after the join: without its beginning, its thinking, and the text that
 * it repeats. Its chunks are made here, whatever they came in.
 */
public final class ContinuationStream extends DelegatingChatStream {
    private final ContinuationMatcher seam;
    private StreamChunk first;

    private ContinuationStream(ChatStream stream, ContinuationMatcher seam) {
        super(stream);
        this.seam = seam;
    }

    /**
     * Waits for the seam.
     *
     * @param sent the text that is out
     * @throws ProviderException when the stream breaks before it, or does not join
     */
    public static ContinuationStream of(ChatStream stream, String sent) {
        ContinuationStream joined = new ContinuationStream(stream, new ContinuationMatcher(sent));
        joined.first = joined.read();
        return joined;
    }

    private StreamChunk read() {
        for (StreamChunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            List<StreamEvent> events = new ArrayList<>();
            chunk.events().forEach(event -> add(event, events));
            if (!events.isEmpty()) {
                return StreamChunk.made(events.toArray(StreamEvent[]::new));
            }
        }
        List<StreamEvent> left = new ArrayList<>();
        settle(left);
        return left.isEmpty() ? null : StreamChunk.made(left.toArray(StreamEvent[]::new));
    }

    /** Text is at its end: the seam must have been found by now. */
    private void settle(List<StreamEvent> events) {
        String rest = seam.end();
        if (rest == null) {
            throw none();
        }
        addText(0, rest, events);
    }

    private void add(StreamEvent event, List<StreamEvent> events) {
        if (event instanceof StreamEvent.TextDelta delta) {
            addText(delta.choice(), seam.add(delta.text()), events);
            if (seam.impossible()) {
                throw none();
            }
        } else if (event instanceof StreamEvent.UsageReported) {
            events.add(event);
        } else if (event.isContent() && !isThinking(event) || event instanceof StreamEvent.Finished) {
            settle(events);
            events.add(event);
        } else if (event instanceof StreamEvent.ToolCallDelta) {
            events.add(event);
        }
    }

    private static void addText(int choice, String text, List<StreamEvent> events) {
        if (!text.isEmpty()) {
            events.add(new StreamEvent.TextDelta(choice, text));
        }
    }

    private static boolean isThinking(StreamEvent event) {
        return event instanceof StreamEvent.ThinkingDelta || event instanceof StreamEvent.ThinkingRedacted;
    }

    private static ProviderException none() {
        return new ProviderException(FailureKind.UNSUPPORTED, 0, "no_seam", "its continuation does not join", null);
    }

    @Override
    public StreamChunk next() {
        StreamChunk chunk = first == null ? read() : first;
        first = null;
        return chunk;
    }
}
