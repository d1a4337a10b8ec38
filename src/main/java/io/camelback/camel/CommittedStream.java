package io.camelback.camel;

import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.failure.ProviderFailure;

/** A stream as the caller's side gets it: it outlives the breaker's block, and its end is the end of the deployment's turn. */
final class CommittedStream implements ChatStream {
    private final ChatStream stream;
    private final LiveAttempt attempt;

    CommittedStream(ChatStream stream, LiveAttempt attempt) {
        this.stream = stream;
        this.attempt = attempt;
    }

    @Override
    public String model() {
        return stream.model();
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
        }
    }

    /** Closing before the end is the caller's doing. */
    @Override
    public void close() {
        attempt.left(stream);
        stream.close();
    }
}
