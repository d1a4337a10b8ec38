package io.camelback.chaos;

import io.camelback.chaos.ChaosCaller.Asked;
import io.camelback.chaos.ChaosHistory.CallerRecord;
import io.camelback.chaos.ChaosHistory.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Callers who ask again and again, in all API formats, streaming and not, some with an Idempotency-Key, some leaving
 * early.
 */
final class CallerLoad {
    /** How many tokens a whole answer has. */
    static final int TOKENS = 12;

    static final String ANSWER =
            IntStream.rangeClosed(1, TOKENS).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
    private static final int MOST_TRIES = 4;
    private static final int PAUSE_MILLIS = 160;
    private static final int RETRY_MILLIS = 250;
    private static final int REMEMBERED = 8;
    private final ChaosWorld world;
    private final ChaosCaller caller;
    private final long seed;
    private final Supplier<List<Key>> keys;
    private final int slowest;
    private final Consumer<CallerRecord> told;
    private final Queue<Asked> recent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger number = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /** A client key and its secret. */
    record Key(ChaosHistory.ClientKey key, String secret) {}

    /**
     * @param keys the client keys to use now
     * @param slowest how many milliseconds the slowest of the callers takes for each line of a stream; 0 for none
     * @param told gets every record, on several threads
     */
    CallerLoad(
            ChaosWorld world,
            ChaosCaller caller,
            long seed,
            Supplier<List<Key>> keys,
            int slowest,
            Consumer<CallerRecord> told) {
        this.world = world;
        this.caller = caller;
        this.seed = seed;
        this.keys = keys;
        this.slowest = slowest;
        this.told = told;
    }

    /** What the names of this load's requests begin with, and what stands in their prompts. */
    String prefix() {
        return "ask" + seed + "-";
    }

    void start(int callers) {
        for (int i = 0; i < callers; i++) {
            Random random = new Random(seed * callers + i);
            Thread thread = new Thread(() -> run(random), "chaos-caller-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** No further request is sent. */
    void stop() {
        over = true;
    }

    /** Waits until all have their answers. @return how many still wait after that time */
    long await(int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
        return threads.stream().filter(Thread::isAlive).count();
    }

    private void run(Random random) {
        try {
            while (!over) {
                ask(next(random), random);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(PAUSE_MILLIS)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Asked next(Random random) {
        Asked before = recent.peek();
        if (before != null && random.nextInt(8) == 0) {
            return again(before, random);
        }
        String ask = prefix() + number.incrementAndGet();
        List<Key> now = keys.get();
        Key key = now.get(random.nextInt(now.size()));
        boolean stream = random.nextBoolean();
        Asked asked = new Asked(
                ask + ".1",
                ask,
                random.nextInt(5) < 2,
                random.nextInt(world.gateways.size()),
                key.key().id(),
                key.secret(),
                ApiFormat.values()[random.nextInt(ApiFormat.values().length)],
                stream,
                stream && random.nextInt(10) == 0 ? 1 + random.nextInt(10) : 0,
                slowest > 0 && random.nextInt(5) == 0 ? random.nextInt(slowest) : 0);
        if (asked.idempotent()) {
            recent.add(asked);
            if (recent.size() > REMEMBERED) {
                recent.poll();
            }
        }
        return asked;
    }

    /** The same request once more, maybe of another gateway. */
    private Asked again(Asked before, Random random) {
        return new Asked(
                before.ask() + "." + number.incrementAndGet(),
                before.ask(),
                true,
                random.nextInt(world.gateways.size()),
                before.key(),
                before.secret(),
                before.format(),
                before.stream(),
                0,
                0);
    }

    /** As SDKs do, a request that came to nothing is sent again, when it has an Idempotency-Key. */
    private void ask(Asked first, Random random) throws InterruptedException {
        Asked asked = first;
        for (int tries = 1; ; tries++) {
            CallerRecord record =
                    caller.ask(world.gateways.get(asked.gateway()).front().port(), asked);
            told.accept(record);
            if (record.status() == 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
            }
            if (!asked.idempotent()
                    || over
                    || tries == MOST_TRIES
                    || record.outcome() == Outcome.WHOLE
                    || record.outcome() == Outcome.LEFT) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
            asked = again(asked, random);
        }
    }
}
