package io.camelback.camel.direct;

import io.camelback.chat.GatewayError;

/** What a Camel route that called {@code direct:chat} or {@code direct:embed} gets instead of an answer. */
public final class ChatFailedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient GatewayError error;

    public ChatFailedException(GatewayError error) {
        super(error.status() + " " + error.code() + ": " + error.message(), null, false, false);
        this.error = error;
    }

    public GatewayError error() {
        return error;
    }
}
