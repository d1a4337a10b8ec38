package io.camelback.camel;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Writes an answer that is one body. A large one leaves in pieces, so that a caller who takes nothing of it for too long is left,
 * as with a stream, and no more than a piece or two wait for it beside the answer itself (FAILURES.md B04).
 */
final class WholeResponse {
    /** What the kernel takes at once, in bytes; of more, the caller is watched while it takes it. */
    private static final int PIECE = 16 << 10;
    private static final int WRITE_QUEUE = 64 << 10;

    private WholeResponse() { }

    /**
     * @param patience how long a caller may take nothing
     * @return false when it has left, or took nothing for so long
     */
    static boolean write(HttpServerResponse response, int status, Map<String, String> headers, byte[] body, Duration patience) {
        headers.forEach(response::putHeader);
        response.setStatusCode(status).putHeader("content-type", "application/json");
        Buffer all = Buffer.buffer(body);
        if (body.length <= PIECE) {
            response.end(all);
            return true;
        }
        response.putHeader("content-length", String.valueOf(body.length)).setWriteQueueMaxSize(WRITE_QUEUE);
        int from = 0;
        for (; body.length - from > PIECE; from += PIECE) {
            if (response.closed() || response.writeQueueFull() && !SseResponse.drained(response, patience)) {
                return false;
            }
            response.write(all.slice(from, from + PIECE));
        }
        return taken(response, response.end(all.slice(from, body.length)), patience);
    }

    /** Whether the caller takes the last of it. */
    private static boolean taken(HttpServerResponse response, Future<Void> end, Duration patience) {
        try {
            end.toCompletionStage().toCompletableFuture().get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            response.reset();
            return false;
        } catch (ExecutionException e) {
            // The connection is gone, and the caller with it.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
