package io.camelback.stream;

import io.camelback.chat.ChatStream;

/** A stream that delegates to another one of the same model, and closes it. */
public abstract class DelegatingChatStream implements ChatStream {
    protected final ChatStream stream;

    protected DelegatingChatStream(ChatStream stream) {
        this.stream = stream;
    }

    @Override
    public String model() {
        return stream.model();
    }

    @Override
    public void close() {
        stream.close();
    }

    @Override
    public void abort(Throwable fault) {
        stream.abort(fault);
    }
}
