package io.camelback.tokens;

import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;

/**
 * Estimates the tokens of a streamed answer so far, for streams whose provider does not report usage. Bounded: what has
 * been counted is forgotten. Used by one thread.
 */
public final class OutputTokenCounter {
    private static final int COUNTED_AT_ONCE = 4 << 10;

    private final StringBuilder text = new StringBuilder();
    private long counted;
    private long pieces;

    public void add(StreamChunk chunk) {
        for (StreamEvent event : chunk.events()) {
            if (event instanceof StreamEvent.TextDelta delta) {
                add(delta.text());
            } else if (event instanceof StreamEvent.ThinkingDelta delta) {
                add(delta.text());
            } else if (event instanceof StreamEvent.RefusalDelta delta) {
                add(delta.text());
            } else if (event instanceof StreamEvent.ToolCallStarted call) {
                add(call.name());
            } else if (event instanceof StreamEvent.ToolCallDelta delta) {
                add(delta.arguments());
            }
        }
    }

    private void add(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        pieces++;
        text.append(piece);
        if (text.length() >= COUNTED_AT_ONCE) {
            counted += TokenEstimate.of(text.toString());
            text.setLength(0);
        }
    }

    /** Not less than the pieces that came: no provider sends less than a token at a time. */
    public long tokens() {
        return Math.max(pieces, counted + TokenEstimate.of(text.toString()));
    }
}
