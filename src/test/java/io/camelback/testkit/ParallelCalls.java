package io.camelback.testkit;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs checks that mostly wait several at once. */
public final class ParallelCalls {
    private ParallelCalls() {}

    /** Runs it on a thread of its own. */
    public static <T> Future<T> begin(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        new Thread(task, "parallel-call").start();
        return task;
    }

    /** A check that may throw. */
    @FunctionalInterface
    public interface Check {
        void run() throws Exception;
    }

    /**
     * Returns when all have been run; throws what the first failing one of a lane threw, and that lane runs no more.
     *
     * @param lanes how many run at once
     */
    public static void inLanes(int lanes, Stream<Check> checks) {
        Queue<Check> left = checks.collect(Collectors.toCollection(ConcurrentLinkedQueue::new));
        CompletableFuture.allOf(IntStream.range(0, lanes)
                        .mapToObj(lane -> CompletableFuture.runAsync(
                                () -> drain(left), task -> new Thread(task, "lane-" + lane).start()))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    private static void drain(Queue<Check> left) {
        for (Check check = left.poll(); check != null; check = left.poll()) {
            try {
                check.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
