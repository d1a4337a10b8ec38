package io.camelback.camel;

import io.camelback.chat.ChatStream;
import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
import io.camelback.dialect.StreamWriter;
import io.camelback.failure.ErrorEnvelope;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderFailure;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes a stream to the caller from the thread that reads it from the provider: each event leaves as it comes, and a caller
 * who reads slowly slows the provider down. Ends the response itself, so that Camel's consumer finds it ended and leaves it
 * alone.
 */
final class SseResponse {
    /** What may wait for a slow caller, in bytes: with the kernel's buffers on both sides it is less than 256 KiB. */
    private static final int WRITE_QUEUE = 16 << 10;
    /**
     * How many pieces may be on their way to the socket: a busy event loop does not see the bytes of those that it has not come
     * to, and they would pile up in front of it.
     */
    private static final int MOST_PENDING = 64;
    /** A long event goes out in pieces, so that a slow caller is seen to take it. In characters. */
    private static final int PIECE = 16 << 10;

    /**
     * A drained queue wakes the writer; this is for a caller who leaves, whose upstream call is aborted elsewhere. In
     * nanoseconds.
     */
    private static final long LOOK = 1_000_000_000;

    private final HttpServerResponse response;
    private final AtomicInteger pending = new AtomicInteger();
    private boolean complete;
    private final KeepAlive alive;
    private final Duration patience;
    private boolean left;

    /**
     * A response that has begun.
     *
     * @param alive    what speaks meanwhile; null when nothing does
     * @param patience how long a caller may take nothing of what waits: then it has left without saying so (docs/failures.md B04)
     */
    SseResponse(HttpServerResponse response, KeepAlive alive, Duration patience) {
        this.response = response;
        this.alive = alive;
        this.patience = patience;
    }

    /** Begins a response; nothing is sent yet. */
    static void head(HttpServerResponse response, String type, Map<String, String> headers) {
        response.setStatusCode(200).setChunked(true).setWriteQueueMaxSize(WRITE_QUEUE);
        response.putHeader("content-type", type);
        response.putHeader("cache-control", "no-cache");
        response.putHeader("x-accel-buffering", "no");
        headers.forEach(response::putHeader);
    }

    /**
     * Writes all of a stream, and ends the response.
     *
     * @param before what goes out first; empty for nothing
     * @param after  what goes out when the stream is complete, before its end
     * @param ending is told before the last event goes out, when the provider's part is over, of the error that this event
     *               tells; null when the stream is complete or the caller has left
     */
    void write(String before, ChatStream stream, StreamWriter writer, Supplier<String> after, Consumer<GatewayError> ending) {
        try {
            GatewayError broken = null;
            String last = "";
            try (stream) {
                send(before);
                for (StreamChunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
                    send(writer.write(chunk));
                }
                send(after.get());
                complete = true;
                last = writer.end();
            } catch (ProviderFailure failure) {
                if (failure.kind() != FailureKind.CANCELLED) {
                    broken = told(failure);
                    last = writer.error(broken);
                }
            } catch (CallerGone gone) {
                left = true;
                // Closing the stream has aborted the upstream call; there is nobody to tell.
            }
            ending.accept(broken);
            sendLast(last);
        } finally {
            end();
        }
    }

    private void sendLast(String last) {
        try {
            send(last);
        } catch (CallerGone gone) {
            left = true;
        }
    }

    /** Writes a stream that is whole already, and ends the response. */
    void again(String events) {
        try {
            sendLast(events);
        } finally {
            end();
        }
    }

    /** Whether the caller left before the end, or took nothing for so long that it must have. */
    boolean callerLeft() {
        return left;
    }

    /** Whether all of it was told: some clients leave as soon as they have read the last event. */
    boolean complete() {
        return complete;
    }

    private void end() {
        if (alive != null) {
            alive.stop();
        }
        // Also when the caller has left: otherwise the consumer would try to write the head again.
        if (!response.ended()) {
            response.end();
        }
    }

    private void send(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (response.closed()) {
            throw new CallerGone();
        }
        if (alive != null) {
            alive.speaking();
        }
        Thread writer = Thread.currentThread();
        int from = 0;
        while (from < text.length()) {
            int to = piece(text, from);
            pending.incrementAndGet();
            response.write(text.substring(from, to)).onComplete(written -> {
                if (pending.decrementAndGet() == MOST_PENDING / 2) {
                    LockSupport.unpark(writer);
                }
            });
            if (response.writeQueueFull() || pending.get() > MOST_PENDING) {
                awaitDrain(writer);
            }
            from = to;
        }
        if (alive != null) {
            alive.spoke();
        }
    }

    /** Where a piece ends; never inside a character. */
    private static int piece(String text, int from) {
        int to = Math.min(text.length(), from + PIECE);
        return to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
    }

    private void awaitDrain(Thread writer) {
        response.drainHandler(drained -> LockSupport.unpark(writer));
        long deadline = System.nanoTime() + patience.toNanos();
        while (response.writeQueueFull() || pending.get() > MOST_PENDING / 2) {
            if (response.closed() || System.nanoTime() > deadline) {
                response.reset();
                throw new CallerGone();
            }
            LockSupport.parkNanos(LOOK);
        }
    }

    private static GatewayError told(ProviderFailure failure) {
        String code = failure.code() == null ? "upstream_error" : failure.code();
        switch (code) {
            case "shutting_down":
                return ErrorEnvelope.shuttingDown();
            case "stream_stalled":
                return GatewayError.of(504, code, "The model stopped sending before it had finished.");
            case "deadline_exceeded", "client_deadline":
                return GatewayError.of(504, code, "The answer took longer than the time limit.");
            case "stream_truncated":
                return GatewayError.of(502, code, "The model's answer was cut off before it had finished.");
            case "answer_too_large", "event_too_large":
                return GatewayError.of(502, "answer_too_large", "The model's answer is larger than the gateway takes. The limits are"
                        + " under limits in config/camelback.yaml.");
            case "memory_exhausted":
                return GatewayError.of(503, code, "The gateway has no memory left for the rest of this answer.");
            default:
                return failure.kind() == FailureKind.TRANSPORT
                        ? GatewayError.of(502, "stream_interrupted", "The connection to the model broke off.")
                        : GatewayError.of(502, "upstream_error", "The model failed before it had finished.");
        }
    }

    private static final class CallerGone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CallerGone() {
            super("the caller has left", null, false, false);
        }
    }
}
