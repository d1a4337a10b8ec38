package io.camelback.camel;

import io.camelback.chat.GatewayError;

/** What a Camel route that called {@code direct:chat} or {@code direct:embed} gets instead of an answer. */
public final class ChatFailed extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient GatewayError error;

    public ChatFailed(GatewayError error) {
        super(error.status() + " " + error.code() + ": " + error.message(), null, false, false);
        this.error = error;
    }

    public GatewayError error() {
        return error;
    }
}
