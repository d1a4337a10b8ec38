package io.camelback.failure;

import java.io.IOException;

/** The gateway's memory limit is reached while reading a provider's answer. */
public final class MemoryShortageException extends IOException {
    private static final long serialVersionUID = 1L;

    public MemoryShortageException() {
        super("the gateway's memory for bodies in flight is used up (limits.memory)");
    }
}
