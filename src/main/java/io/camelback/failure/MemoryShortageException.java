package io.camelback.failure;

import java.io.IOException;

/** The gateway has no memory left for more of a provider's answer: nothing more of it is read. */
public final class MemoryShortageException extends IOException {
    private static final long serialVersionUID = 1L;

    public MemoryShortageException() {
        super("the gateway's memory for bodies in flight is used up (limits.memory)");
    }
}
