package io.camelback.camel;

import io.camelback.chat.ChatStream;
import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
import io.camelback.dialect.StreamWriter;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderFailure;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes a stream to the caller from the thread that reads it from the provider: each event leaves as it comes, and a caller
 * who reads slowly slows the provider down. Ends the response itself, so that Camel's consumer finds it ended and leaves it alone.
 */
final class SseResponse {
    /** A caller who reads nothing for so long has left without saying so (FAILURES.md B04). */
    private static final Duration NO_PROGRESS = Duration.ofSeconds(60);
    private static final int WRITE_QUEUE = 128 << 10;

    private final HttpServerResponse response;
    private final KeepAlive alive;

    /**
     * A response that has begun.
     *
     * @param alive what speaks meanwhile; null when nothing does
     */
    SseResponse(HttpServerResponse response, KeepAlive alive) {
        this.response = response;
        this.alive = alive;
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
     * @return the error the caller was told inside the stream; null when the stream was complete or the caller left
     */
    GatewayError write(String before, ChatStream stream, StreamWriter writer) {
        GatewayError broken = null;
        try (stream) {
            send(before);
            for (StreamChunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
                send(writer.write(chunk));
            }
            send(writer.end());
        } catch (ProviderFailure failure) {
            if (failure.kind() != FailureKind.CANCELLED) {
                broken = told(failure);
                send(writer.error(broken));
            }
        } catch (CallerGone gone) {
            // Closing the stream has aborted the upstream call; there is nobody to tell.
        } finally {
            end();
        }
        return broken;
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
            alive.spoke();
        }
        response.write(text);
        if (response.writeQueueFull()) {
            awaitDrain();
        }
    }

    private void awaitDrain() {
        Thread writer = Thread.currentThread();
        response.drainHandler(drained -> LockSupport.unpark(writer));
        long deadline = System.nanoTime() + NO_PROGRESS.toNanos();
        while (response.writeQueueFull()) {
            if (response.closed() || System.nanoTime() > deadline) {
                response.reset();
                throw new CallerGone();
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static GatewayError told(ProviderFailure failure) {
        String code = failure.code() == null ? "upstream_error" : failure.code();
        switch (code) {
            case "stream_stalled":
                return GatewayError.of(504, code, "The model stopped sending before it had finished.");
            case "deadline_exceeded", "client_deadline":
                return GatewayError.of(504, code, "The answer took longer than the time limit.");
            case "stream_truncated":
                return GatewayError.of(502, code, "The model's answer was cut off before it had finished.");
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
