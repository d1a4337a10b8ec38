package io.camelback.camel.request;

import io.camelback.memory.MemoryLease;
import java.util.ArrayList;
import java.util.List;

/** What one request has taken of the gateway's memory; it is given back when the request is done. Thread-safe. */
public final class RequestLeases implements AutoCloseable {
    private final List<MemoryLease> open = new ArrayList<>();
    private boolean closed;

    /** Closes a lease with the request, at once when that is done already. */
    public synchronized MemoryLease add(MemoryLease lease) {
        if (closed) {
            lease.close();
        } else {
            open.add(lease);
        }
        return lease;
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.forEach(MemoryLease::close);
        open.clear();
    }
}
