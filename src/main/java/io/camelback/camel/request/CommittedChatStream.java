package io.camelback.camel.request;

import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.failure.ProviderException;
import io.camelback.stream.DelegatingChatStream;

/**
 * A stream as the caller's side gets it: it outlives the breaker's block, and its end is the end of the deployment's
 * turn.
 */
final class CommittedChatStream extends DelegatingChatStream {
    private final ProviderAttempt attempt;

    CommittedChatStream(ChatStream stream, ProviderAttempt attempt) {
        super(stream);
        this.attempt = attempt;
    }

    @Override
    public StreamChunk next() {
        try {
            StreamChunk chunk = stream.next();
            if (chunk == null) {
                attempt.succeed();
            }
            return chunk;
        } catch (ProviderException failure) {
            throw attempt.fail(failure);
        } catch (RuntimeException | Error fault) {
            throw attempt.failInside(fault);
        }
    }

    /** Closing before the end is the caller's doing. */
    @Override
    public void close() {
        try {
            attempt.onClientDisconnect(stream);
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
