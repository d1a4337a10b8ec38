package io.camelback.chat;

import java.util.List;

/**
 * One event of a provider's stream: its meaning, and its original bytes for clients of the same API format.
 *
 * @param events what it means, in order; empty for an event without meaning to us
 * @param dialect the dialect of {@code data}; null when the chunk was made here
 * @param name the SSE event's name; null when it had none
 * @param data the SSE event's data, unchanged; null when the chunk was made here
 */
public record StreamChunk(List<StreamEvent> events, String dialect, String name, String data) {
    public StreamChunk {
        events = List.copyOf(events);
    }

    public static StreamChunk made(StreamEvent... events) {
        return new StreamChunk(List.of(events), null, null, null);
    }

    /** How much there is of it, in characters: its data or, where it was made here, the texts of what it means. */
    public int length() {
        return data == null ? events.stream().mapToInt(StreamChunk::length).sum() : data.length();
    }

    private static int length(StreamEvent event) {
        if (event instanceof StreamEvent.TextDelta text) {
            return text.text().length();
        } else if (event instanceof StreamEvent.ThinkingDelta thinking) {
            return thinking.text().length();
        } else if (event instanceof StreamEvent.RefusalDelta refusal) {
            return refusal.text().length();
        }
        return event instanceof StreamEvent.ToolCallDelta call
                ? call.arguments().length()
                : 0;
    }

    /** Whether the model is at work: it says something, or thinks, be it without words. */
    public boolean hasProgress() {
        for (StreamEvent event : events) {
            if (event.isContent()
                    || event instanceof StreamEvent.ThinkingDelta
                    || event instanceof StreamEvent.ThinkingSigned) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether anything in here is for the caller's eyes: from then on no other link may answer. Blank text is not: an
     * answer that never says more than that is an empty one.
     */
    public boolean hasContent() {
        for (StreamEvent event : events) {
            if (event.isContent()
                    && !(event instanceof StreamEvent.TextDelta delta
                            && delta.text().isBlank())) {
                return true;
            }
        }
        return false;
    }
}
