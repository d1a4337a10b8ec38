package io.camelback.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.spi.ExecutorServiceFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The threads that requests run on. Each request holds one for as long as its model takes, so there must be many: on
 * JDK 21 and later every request has a virtual thread of its own; on 17 there is a large pool.
 */
public final class VertxFactory {
    private VertxFactory() {}

    /** @param workers the size of the pool on JDK 17 to 20 */
    public static Vertx vertx(int workers) {
        VertxOptions options = new VertxOptions()
                .setWorkerPoolSize(workers)
                // A worker that waits for a model is no blocked worker.
                .setMaxWorkerExecuteTime(1)
                .setMaxWorkerExecuteTimeUnit(TimeUnit.HOURS);
        VertxBuilder builder = new VertxBuilder(options);
        Method perTask = perTaskExecutor();
        if (perTask != null) {
            ExecutorServiceFactory factory = (threads, concurrency, maxConcurrency) -> create(perTask);
            builder.executorServiceFactory(factory);
        }
        builder.init();
        return builder.vertx();
    }

    /** Whether requests run on virtual threads here. */
    public static boolean virtual() {
        return perTaskExecutor() != null;
    }

    private static Method perTaskExecutor() {
        if (Runtime.version().feature() < 21) {
            return null;
        }
        try {
            return Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ExecutorService create(Method perTask) {
        try {
            return (ExecutorService) perTask.invoke(null);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
