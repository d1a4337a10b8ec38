package io.camelback.camel.inbound;

import io.camelback.camel.request.FaultLog;
import io.camelback.chat.ChatStream;
import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
import io.camelback.failure.FailureKind;
import io.camelback.failure.GatewayFault;
import io.camelback.failure.ProviderException;
import io.camelback.protocol.StreamWriter;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes a stream to the caller from the thread that reads it from the provider: each event leaves as it comes, and a
 * caller who reads slowly slows the provider down. Ends the response itself, so that Camel's consumer finds it ended
 * and leaves it alone.
 */
final class SseResponseWriter {
    /** What may wait for a slow caller, in bytes: with the kernel's buffers on both sides it is less than 256 KiB. */
    private static final int WRITE_QUEUE = 16 << 10;

    private final String requestId;
    private final HttpServerResponse response;
    private final SseSender sender;
    private final HttpConnection connection;
    private boolean complete;
    private final SseHeartbeat alive;
    private boolean left;

    /**
     * A response that has begun.
     *
     * @param connection what it goes out on; null when it is not known
     * @param alive what speaks meanwhile; null when nothing does
     * @param sendTimeout how long a caller may take nothing of what waits: then it has left without saying so
     *     (docs/failures.md B04)
     */
    SseResponseWriter(
            String requestId,
            HttpServerResponse response,
            HttpConnection connection,
            SseHeartbeat alive,
            Duration sendTimeout) {
        this.requestId = requestId;
        this.response = response;
        this.connection = connection;
        this.alive = alive;
        this.sender = new SseSender(response, alive, sendTimeout);
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
     * Writes all of a stream, closes it, and ends the response. A stream that is not complete, whatever broke it off,
     * ends in an error in the caller's dialect, and its response is broken off. Throws nothing.
     *
     * @param before what goes out first; empty for nothing
     * @param after what goes out when the stream is complete, before its end
     * @param ending is told before the last event goes out, when the provider's part is over, of the error that this
     *     event tells; null when the stream is complete or the caller has left
     * @return the error of a stream of which nothing was sent: it can still be answered with a status of its own, and
     *     is not ended here; null for all others
     */
    GatewayError write(
            String before,
            ChatStream stream,
            StreamWriter writer,
            Supplier<String> after,
            Consumer<GatewayError> ending) {
        GatewayError broken = null;
        Throwable fault = null;
        String last = "";
        try {
            last = relay(before, stream, writer, after);
            complete = true;
        } catch (ProviderException failure) {
            left = failure.kind() == FailureKind.CANCELLED && response.closed();
            broken = left ? null : StreamErrorMapper.of(failure);
        } catch (SseSender.ClientDisconnectedException gone) {
            left = true;
        } catch (RuntimeException | Error thrown) {
            fault = thrown;
        }
        fault = close(stream, fault);
        if (fault != null) {
            complete = false;
            FaultLog.tell(requestId, fault);
            broken = GatewayFault.ERROR;
        }
        if (broken != null && takenBack()) {
            return broken;
        }
        if (broken != null) {
            last = said(writer, broken);
        }
        note(ending, broken);
        sendLast(last);
        end();
        return null;
    }

    /** Whether nothing has gone out, so that the response can become another one. */
    private boolean takenBack() {
        if (alive != null && !alive.isLive() || response.headWritten() || response.closed()) {
            return false;
        }
        response.headers().clear();
        response.setChunked(false);
        return true;
    }

    /** @return what ends the stream, which is complete */
    private String relay(String before, ChatStream stream, StreamWriter writer, Supplier<String> after) {
        sender.send(before);
        for (StreamChunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            sender.send(writer.write(chunk));
        }
        sender.send(after.get());
        return writer.end();
    }

    /** @return the first thing that went wrong on our side; null when nothing did */
    private static Throwable close(ChatStream stream, Throwable fault) {
        try {
            if (fault == null) {
                stream.close();
            } else {
                stream.abort(fault);
            }
            return fault;
        } catch (RuntimeException | Error thrown) {
            return fault == null ? thrown : fault;
        }
    }

    /** The event that tells of a failure; empty when it cannot be made: then the end that is missing tells of it. */
    private String said(StreamWriter writer, GatewayError error) {
        try {
            return writer.error(error);
        } catch (RuntimeException | Error second) {
            FaultLog.tell(requestId, second);
            return "";
        }
    }

    private void note(Consumer<GatewayError> ending, GatewayError broken) {
        try {
            ending.accept(broken);
        } catch (RuntimeException | Error fault) {
            FaultLog.tell(requestId, fault);
        }
    }

    private void sendLast(String last) {
        try {
            sender.send(last);
        } catch (SseSender.ClientDisconnectedException gone) {
            left = true;
        } catch (RuntimeException | Error fault) {
            complete = false;
            FaultLog.tell(requestId, fault);
        }
    }

    /** For a response that has begun before there was an answer: the error is all that the stream holds. */
    void fail(StreamWriter writer, GatewayError error) {
        sendLast(said(writer, error));
        end();
    }

    /** Writes a stream that is whole already, and ends the response. */
    void again(String events) {
        try {
            complete = true;
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
        if (!complete) {
            ResponseAbort.abort(response, connection);
        } else if (!response.ended()) {
            // Also when the caller has left: otherwise the consumer would try to write the head again.
            response.end();
        }
    }
}
