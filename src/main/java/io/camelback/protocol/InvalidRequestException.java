package io.camelback.protocol;

import io.camelback.chat.GatewayError;

/** The caller's request cannot be read. */
public final class InvalidRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient GatewayError error;

    public InvalidRequestException(GatewayError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /** @param param the path of the field, e.g. {@code messages[2].content} */
    public InvalidRequestException(String param, String message) {
        this(GatewayError.invalid(param, message));
    }

    public GatewayError error() {
        return error;
    }
}
