package io.camelback.stream;

import io.camelback.chat.ChatStream;
import io.camelback.chat.FinishReason;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A stream that ends at the caller's stop sequences, for a provider that does not know them. Once every choice has met
 * one, the provider is told to stop: the stream is closed, and what it has cost so far is an estimate where the
 * provider counts at the end only. Chunks lose the provider's own bytes, since those may hold text that is not to be
 * told.
 */
public final class StopSequenceStream extends DelegatingChatStream {
    private final List<String> stops;
    private final int candidates;
    private final Supplier<Usage> spent;
    private final Map<Integer, StopSequenceMatcher> cutters = new HashMap<>();
    private int met;
    private boolean ended;

    private StopSequenceStream(ChatStream stream, List<String> stops, int candidates, Supplier<Usage> spent) {
        super(stream);
        this.stops = stops;
        this.candidates = candidates;
        this.spent = spent;
    }

    /**
     * The stream, or the same one where there is nothing to cut at.
     *
     * @param stops none of them empty
     * @param candidates how many choices it has
     * @param spent the tokens so far; may give null when they are not known
     */
    public static ChatStream of(ChatStream stream, List<String> stops, int candidates, Supplier<Usage> spent) {
        return stops.isEmpty() ? stream : new StopSequenceStream(stream, stops, candidates, spent);
    }

    @Override
    public StreamChunk next() {
        if (ended) {
            return null;
        }
        StreamChunk chunk = stream.next();
        if (chunk == null) {
            ended = true;
            return rest();
        }
        List<StreamEvent> events = new ArrayList<>();
        chunk.events().forEach(event -> cut(event, events));
        if (met >= candidates) {
            ended = true;
            stream.close();
            Usage usage = spent.get();
            if (usage != null) {
                events.add(new StreamEvent.UsageReported(usage));
            }
        }
        return new StreamChunk(events, null, null, null);
    }

    /** What was held back of a stream that ended without a word; null when nothing was. */
    private StreamChunk rest() {
        List<StreamEvent> events = new ArrayList<>();
        cutters.forEach((choice, cutter) -> tell(choice, cutter.rest(), events));
        return events.isEmpty() ? null : new StreamChunk(events, null, null, null);
    }

    private void cut(StreamEvent event, List<StreamEvent> events) {
        if (event instanceof StreamEvent.TextDelta delta) {
            StopSequenceMatcher cutter = cutter(delta.choice());
            boolean before = cutter.met() == null;
            tell(delta.choice(), cutter.add(delta.text()), events);
            if (before && cutter.met() != null) {
                met++;
                events.add(new StreamEvent.Finished(
                        delta.choice(), new FinishReason(FinishReason.Kind.STOP, "stop", cutter.met())));
            }
            return;
        }
        Integer choice = choice(event);
        if (choice == null || cutter(choice).met() == null) {
            if (choice != null) {
                tell(choice, cutter(choice).rest(), events);
            }
            events.add(event);
        }
    }

    private StopSequenceMatcher cutter(int choice) {
        return cutters.computeIfAbsent(choice, any -> new StopSequenceMatcher(stops));
    }

    private static void tell(int choice, String text, List<StreamEvent> events) {
        if (!text.isEmpty()) {
            events.add(new StreamEvent.TextDelta(choice, text));
        }
    }

    /** The choice whose text ends, or is interrupted, with an event; null for one that stands beside the text. */
    private static Integer choice(StreamEvent event) {
        if (event instanceof StreamEvent.Finished finished) {
            return finished.choice();
        } else if (event instanceof StreamEvent.ToolCallStarted call) {
            return call.choice();
        } else if (event instanceof StreamEvent.ToolCallDelta delta) {
            return delta.choice();
        } else if (event instanceof StreamEvent.RefusalDelta delta) {
            return delta.choice();
        } else if (event instanceof StreamEvent.ImageShown shown) {
            return shown.choice();
        }
        return event instanceof StreamEvent.OpaqueContent opaque ? opaque.choice() : null;
    }

    @Override
    public void close() {
        ended = true;
        stream.close();
    }
}
