package io.camelback.camel.request;

import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.failure.ProviderException;
import io.camelback.protocol.StreamWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A stream as bytes to be pulled, for Camel routes. A broken stream ends in an {@link IOException}, never as if it were
 * whole.
 */
public final class SseInputStream extends InputStream {
    private final ChatStream stream;
    private final StreamWriter writer;
    private byte[] ready = {};
    private int next;
    private boolean ended;
    /** Why there is no more of it; who reads on after that is told again. */
    private String broken;

    public SseInputStream(ChatStream stream, StreamWriter writer) {
        this.stream = stream;
        this.writer = writer;
    }

    @Override
    public int read() throws IOException {
        return fill() ? ready[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, ready.length - next);
        System.arraycopy(ready, next, buffer, from, count);
        next += count;
        return count;
    }

    private boolean fill() throws IOException {
        while (next == ready.length && !ended) {
            ready = pull().getBytes(StandardCharsets.UTF_8);
            next = 0;
        }
        return next < ready.length;
    }

    private String pull() throws IOException {
        if (broken != null) {
            throw new IOException(broken);
        }
        try {
            StreamChunk chunk = stream.next();
            if (chunk != null) {
                return writer.write(chunk);
            }
            String last = writer.end();
            ended = true;
            return last;
        } catch (ProviderException failure) {
            broken = "The model's answer broke off: " + failure.getMessage();
            throw new IOException(broken);
        } catch (RuntimeException | Error fault) {
            broken = "The gateway failed inside the model's answer.";
            stream.abort(fault);
            throw fault;
        }
    }

    @Override
    public void close() {
        ended = true;
        stream.close();
    }
}
