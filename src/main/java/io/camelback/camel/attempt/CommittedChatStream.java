package io.camelback.camel.attempt;

import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.failure.ProviderException;
import io.camelback.stream.DelegatingChatStream;
import io.camelback.upstream.AbortReason;

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
            if (!attempt.isFinished()) {
                endCancelled();
            }
        } finally {
            stream.close();
        }
    }

    /**
     * The caller has left. Where the model had finished, only the count of what was used may be missing, and the caller
     * is to pay what it used rather than what we guess: the stream is read on until the count comes, or until the call
     * is aborted, in a quarter of a second.
     */
    private void endCancelled() {
        attempt.upstream().cancel();
        try {
            while (attempt.usage().isUsageMissing() && stream.next() != null) {
                continue;
            }
        } catch (ProviderException aborted) {
            attempt.fail(aborted);
        }
        AbortReason before = attempt.upstream().aborted();
        attempt.fail(UpstreamFailureMapper.of(before == AbortReason.SHUTTING_DOWN ? before : AbortReason.CANCELLED));
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
