package io.camelback.server.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts the gateway's own event stream into the data of its events: each has one line of data, and lines end with a line
 * feed. Used on one event loop.
 */
final class SseEventSplitter {
    private static final String DATA = "data: ";

    private final int longest;
    private final Consumer<String> events;
    private final Runnable comments;
    private Buffer line = Buffer.buffer();

    /**
     * @param longest how long a line may be, in bytes
     * @param comments is told of each comment: somebody is still at work
     */
    SseEventSplitter(int longest, Consumer<String> events, Runnable comments) {
        this.longest = longest;
        this.events = events;
        this.comments = comments;
    }

    /** @return false when a line is too long: what follows cannot be read any more */
    boolean add(Buffer bytes) {
        int from = 0;
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.getByte(i) == '\n') {
                line.appendBuffer(bytes, from, i - from);
                from = i + 1;
                end();
            }
        }
        line.appendBuffer(bytes, from, bytes.length() - from);
        return line.length() <= longest;
    }

    private void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        line = Buffer.buffer();
        if (text.startsWith(DATA)) {
            events.accept(text.substring(DATA.length()));
        } else if (text.startsWith(":")) {
            comments.run();
        }
    }
}
