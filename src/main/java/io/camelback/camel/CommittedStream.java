package io.camelback.camel;

import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.failure.ProviderFailure;
import io.camelback.stream.Wrapped;

/** A stream as the caller's side gets it: it outlives the breaker's block, and its end is the end of the deployment's turn. */
final class CommittedStream extends Wrapped {
    private final LiveAttempt attempt;

    CommittedStream(ChatStream stream, LiveAttempt attempt) {
        super(stream);
        this.attempt = attempt;
    }

    @Override
    public StreamChunk next() {
        try {
            StreamChunk chunk = stream.next();
            if (chunk == null) {
                attempt.answered();
            }
            return chunk;
        } catch (ProviderFailure failure) {
            throw attempt.fail(failure);
        } catch (RuntimeException | Error fault) {
            throw attempt.failInside(fault);
        }
    }

    /** Closing before the end is the caller's doing. */
    @Override
    public void close() {
        try {
            attempt.left(stream);
        } finally {
            stream.close();
        }
    }

    @Override
    public void abort(Throwable fault) {
        try {
            attempt.abort(fault);
        } finally {
            stream.close();
        }
    }
}
