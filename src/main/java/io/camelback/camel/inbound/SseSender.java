package io.camelback.camel.inbound;

import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends text to a caller, no faster than the caller takes it: whoever sends waits until there is room. For one thread.
 */
final class SseSender {
    /**
     * How many pieces may be on their way to the socket: a busy event loop does not see the bytes of those that it has
     * not come to, and they would pile up in front of it.
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
    private final SseHeartbeat alive;
    private final Duration sendTimeout;
    private final AtomicInteger pending = new AtomicInteger();

    /** The caller has left. */
    static final class ClientDisconnectedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ClientDisconnectedException() {
            super("the caller has left", null, false, false);
        }
    }

    /**
     * @param alive what speaks meanwhile; null when nothing does
     * @param sendTimeout how long a caller may take nothing of what waits
     */
    SseSender(HttpServerResponse response, SseHeartbeat alive, Duration sendTimeout) {
        this.response = response;
        this.alive = alive;
        this.sendTimeout = sendTimeout;
    }

    /** @throws ClientDisconnectedException when the caller has left, or takes nothing any more */
    void send(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (response.closed()) {
            throw new ClientDisconnectedException();
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
        long deadline = System.nanoTime() + sendTimeout.toNanos();
        while (response.writeQueueFull() || pending.get() > MOST_PENDING / 2) {
            if (response.closed() || System.nanoTime() > deadline) {
                response.reset();
                throw new ClientDisconnectedException();
            }
            LockSupport.parkNanos(LOOK);
        }
    }
}
