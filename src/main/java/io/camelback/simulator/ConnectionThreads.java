package io.camelback.simulator;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A thread for each connection: a virtual one where the JDK has them (21 and later), else one of a pool that grows. */
final class ConnectionThreads {
    private ConnectionThreads() {}

    static ExecutorService newExecutor(String name) {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException olderJdk) {
            return Executors.newCachedThreadPool(task -> daemon("lab-" + name, task));
        }
    }

    static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
