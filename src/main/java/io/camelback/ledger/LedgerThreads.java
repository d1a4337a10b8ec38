package io.camelback.ledger;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The ledger's own threads: daemons, so that none of them keeps a program alive. */
final class LedgerThreads {
    private LedgerThreads() {}

    static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + (count.get() == 0 ? "" : "-" + count.get()));
            count.incrementAndGet();
            thread.setDaemon(true);
            return thread;
        };
    }
}
