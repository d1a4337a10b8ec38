package io.camelback.concurrent;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Factories of named daemon threads, which do not keep the JVM alive. */
public final class DaemonThreads {
    /** The JVM's default. */
    private static final long DEFAULT_STACK = 0;

    private DaemonThreads() {}

    /**
     * @return a factory that names its first thread {@code name}, and the others {@code name-1}, {@code name-2}, ...
     */
    public static ThreadFactory named(String name) {
        return named(name, DEFAULT_STACK);
    }

    /** @param stack the size of each thread's stack in bytes */
    public static ThreadFactory named(String name, long stack) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            int number = count.getAndIncrement();
            Thread thread = new Thread(null, task, number == 0 ? name : name + "-" + number, stack);
            thread.setDaemon(true);
            return thread;
        };
    }
}
