package io.camelback.budget;

import io.camelback.ledger.GroupCommit;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerDatabase;
import io.camelback.ledger.LedgerUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * Collects reservations that wait for the ledger and writes them in batches. As long as its database hangs or fails,
 * one of them waits as long as it may and finds out when it is back; the others give up soon. Thread-safe.
 */
final class ReservationQueue {
    /** How long is waited for a database that hangs. */
    private static final Duration SHORT = Duration.ofMillis(50);
    /** More are turned away at once. */
    private static final int LONGEST = 2_000;

    private final GroupCommit<PendingReservation, ReservationVerdict> commits;
    private final Duration maxWait;
    private final AtomicBoolean probing = new AtomicBoolean();
    private final BiConsumer<PendingReservation, Boolean> late;

    /**
     * @param maxWait how long a request waits for the ledger
     * @param late is told of one that was made after its request had given up, or whose batch failed, and whether it
     *     may have been made
     */
    ReservationQueue(Ledger ledger, Duration maxWait, BiConsumer<PendingReservation, Boolean> late) {
        this.commits = new GroupCommit<>(ledger.database(), LONGEST, new ReservationWriter(ledger));
        this.maxWait = maxWait;
        this.late = late;
    }

    /** @throws LedgerUnavailableException when the ledger does not say it in time */
    ReservationVerdict ask(PendingReservation pending) {
        boolean troubled = commits.troubled(maxWait.toNanos());
        boolean probe = troubled && probing.compareAndSet(false, true);
        AtomicBoolean givenUp = new AtomicBoolean();
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<ReservationVerdict> running = commits.submit(pending, () -> {
            begun.set(!givenUp.get());
            return begun.get();
        });
        try {
            return LedgerDatabase.await(running, troubled && !probe && SHORT.compareTo(maxWait) < 0 ? SHORT : maxWait);
        } catch (LedgerUnavailableException e) {
            givenUp.set(true);
            running.whenComplete((verdict, failed) -> {
                if (failed != null || !verdict.isRefused()) {
                    late.accept(pending, begun.get());
                }
            });
            throw e;
        } finally {
            if (probe) {
                probing.set(false);
            }
        }
    }
}
