package io.camelback.http;

import java.io.IOException;

/** The gateway has no memory left for more of a provider's answer: nothing more of it is read. */
public final class MemoryShortage extends IOException {
    private static final long serialVersionUID = 1L;

    public MemoryShortage() {
        super("the gateway's memory for bodies in flight is used up (limits.memory)");
    }
}
