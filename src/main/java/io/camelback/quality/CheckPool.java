package io.camelback.quality;

import io.camelback.concurrent.DaemonThreads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread pool for checking answers, with at most half as many threads as there are processors. So checks never take
 * all of a machine, nor the carriers of virtual threads. The more checks wait, the less time each may take; a usual one
 * needs a small part of it. Threads that have nothing to do end.
 */
public final class CheckPool {
    private static final Logger LOG = LoggerFactory.getLogger(CheckPool.class);
    private static final int MOST_WAITING = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    /** What each check may take however many wait. */
    private static final Duration LEAST = Duration.ofMillis(2);

    private static final int IDLE_SECONDS = 5;
    private static final long STACK = 4 << 20;

    private final ThreadPoolExecutor threads;
    private final LongSupplier processorTime;

    public CheckPool() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), processorTime());
    }

    CheckPool(int size, LongSupplier processorTime) {
        this.processorTime = processorTime;
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                DaemonThreads.named("camelback-check", STACK));
        threads.allowCoreThreadTimeOut(true);
    }

    private static LongSupplier processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads::getCurrentThreadCpuTime : System::nanoTime;
    }

    /** Loads what checks of schemas need, so that the first one does not take its time for that. Returns at once. */
    public void warm() {
        threads.execute(SchemaCheck::warm);
    }

    /**
     * Runs a check and waits for it.
     *
     * @param most what it may take of a processor
     * @param stopper is given what ends the check at once, from any thread
     */
    public QualityVerdict judge(Duration most, Function<WorkBudget, QualityVerdict> check, Consumer<Runnable> stopper) {
        FutureTask<QualityVerdict> task = new FutureTask<>(() -> judged(most, check));
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            return QualityVerdict.unjudged("too many answers wait to be checked");
        }
        stopper.accept(() -> stop(task));
        return await(task);
    }

    private void stop(FutureTask<QualityVerdict> task) {
        task.cancel(true);
        threads.remove(task);
    }

    private QualityVerdict await(FutureTask<QualityVerdict> task) {
        try {
            return task.get(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (CancellationException e) {
            return QualityVerdict.unjudged("the request has ended");
        } catch (TimeoutException e) {
            stop(task);
            return QualityVerdict.unjudged("too many answers wait to be checked");
        } catch (InterruptedException e) {
            stop(task);
            Thread.currentThread().interrupt();
            return QualityVerdict.unjudged("the request has ended");
        } catch (ExecutionException e) {
            LOG.error("An answer could not be checked", e.getCause());
            return QualityVerdict.unjudged("the check has failed");
        }
    }

    private QualityVerdict judged(Duration most, Function<WorkBudget, QualityVerdict> check) {
        Duration share = most.dividedBy(1 + threads.getQueue().size());
        Duration mine = most.compareTo(LEAST) < 0 ? most : share.compareTo(LEAST) < 0 ? LEAST : share;
        return guarded(mine, check, processorTime);
    }

    /** Runs a check on this thread. */
    static QualityVerdict guarded(
            Duration most, Function<WorkBudget, QualityVerdict> check, LongSupplier processorTime) {
        try {
            return check.apply(new WorkBudget(most, processorTime));
        } catch (NotJudgedException e) {
            return QualityVerdict.unjudged(e.getMessage());
        } catch (StackOverflowError e) {
            return QualityVerdict.unjudged("nested too deeply to be checked");
        }
    }
}
