package io.camelback.server.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order in which a gateway stops. First it only says that it is not ready, and serves on until load balancers have
 * heard it; then it refuses new requests and lets open ones finish; when their time is over it tells each of them, and
 * waits a moment for the last row of each. Thread-safe.
 */
public final class ShutdownSequence {
    /**
     * How long ended requests may take to write their errors and rows; after a quarter of it connections that take
     * nothing are dropped.
     */
    static final Duration LAST_WAIT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(ShutdownSequence.class);
    private static final Duration LOOK = Duration.ofMillis(20);

    /** Where a gateway is on its way down. */
    enum Phase {
        SERVING,
        DRAINING,
        REFUSING,
        ENDING
    }

    /** The requests that are under way. */
    public interface OpenRequests {
        int count();

        /** Closes the connections on which no request is under way, so that their clients go elsewhere. */
        void closeIdle();

        /** Ends all with an error. */
        void end();

        /** Drops the connections of those that are still not over. */
        void drop();
    }

    private final LongSupplier nanoTime;
    private final CountDownLatch hastened = new CountDownLatch(1);
    private volatile Phase phase = Phase.SERVING;

    public ShutdownSequence(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether the gateway is on its way down: it is not ready, and its answers close their connections. */
    public boolean draining() {
        return phase != Phase.SERVING;
    }

    /** Whether new requests are refused. */
    boolean refusing() {
        return phase.compareTo(Phase.REFUSING) >= 0;
    }

    /** Skips what remains of the delay and the grace. */
    public void hasten() {
        hastened.countDown();
    }

    /**
     * Goes through all phases; returns when nothing is under way, or at the latest {@link #LAST_WAIT} after the grace.
     *
     * @param delay how long new requests are still served
     * @param grace how long those under way may then take to finish
     */
    public void run(Duration delay, Duration grace, OpenRequests requests) {
        try {
            phase = Phase.DRAINING;
            if (!delay.isZero()) {
                LOG.info("Stopping: not ready from now on, new requests are served for {} ms more", delay.toMillis());
                hastened.await(delay.toNanos(), TimeUnit.NANOSECONDS);
            }
            phase = Phase.REFUSING;
            requests.closeIdle();
            if (requests.count() > 0) {
                LOG.info(
                        "Stopping: new requests are refused; {} are under way and may take {} ms to finish",
                        requests.count(),
                        grace.toMillis());
            }
            if (!empty(requests, grace, true)) {
                end(requests);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(OpenRequests requests) throws InterruptedException {
        phase = Phase.ENDING;
        LOG.warn("Stopping: {} requests did not finish in time and are ended with an error", requests.count());
        requests.end();
        Duration quarter = LAST_WAIT.dividedBy(4);
        if (!empty(requests, quarter, false)) {
            requests.drop();
            if (!empty(requests, LAST_WAIT.minus(quarter), false)) {
                LOG.error(
                        "Stopping: {} requests did not end; what they used may be missing in the ledger",
                        requests.count());
            }
        }
    }

    private boolean empty(OpenRequests requests, Duration wait, boolean hastens) throws InterruptedException {
        long deadline = nanoTime.getAsLong() + wait.toNanos();
        while (requests.count() > 0) {
            if (hastens && hastened.getCount() == 0 || nanoTime.getAsLong() - deadline >= 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }
}
