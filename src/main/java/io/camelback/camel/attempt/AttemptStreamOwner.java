package io.camelback.camel.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.StreamChunk;
import io.camelback.failure.ProviderException;
import io.camelback.stream.ProviderStream;
import java.io.IOException;

/** What an attempt has to say on the stream that its provider sends. */
final class AttemptStreamOwner implements ProviderStream.Owner {
    private final ProviderAttempt attempt;

    AttemptStreamOwner(ProviderAttempt attempt) {
        this.attempt = attempt;
    }

    @Override
    public ObjectNode received(ObjectNode event) {
        return attempt.translation().received(event);
    }

    @Override
    public void onChunk(StreamChunk chunk) {
        attempt.bounds().seen(chunk);
        if (chunk.hasProgress()) {
            attempt.onFirstToken();
        }
        if (attempt.usage().onChunk(chunk)) {
            attempt.upstream().finishing();
        }
    }

    @Override
    public ProviderException inStreamError(JsonNode error) {
        return attempt.failureMapper().of(error);
    }

    @Override
    public ProviderException connectionBroken(IOException failure) {
        return attempt.failureMapper().of(failure);
    }

    @Override
    public void trailing() {
        attempt.recorder().trailing();
    }

    @Override
    public void close() {
        attempt.upstream().close();
    }
}
