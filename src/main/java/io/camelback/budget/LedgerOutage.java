package io.camelback.budget;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Requests under a budget are being refused because the ledger's database does not answer.
 *
 * @param since when the first of them was refused
 * @param refused how many were since then
 */
public record LedgerOutage(Instant since, long refused) {

    /** Follows outages from refusals and successes. Thread-safe. */
    static final class Tracker {
        private final AtomicReference<LedgerOutage> current = new AtomicReference<>();
        private final LongAdder refusals = new LongAdder();

        void countRefusal(Instant now) {
            refusals.increment();
            current.updateAndGet(before ->
                    before == null ? new LedgerOutage(now, 1) : new LedgerOutage(before.since, before.refused + 1));
        }

        /** The ledger has answered. @return whether there was an outage */
        boolean end() {
            return current.get() != null && current.getAndSet(null) != null;
        }

        Optional<LedgerOutage> current() {
            return Optional.ofNullable(current.get());
        }

        /** How many requests were refused since the start. */
        long refusals() {
            return refusals.sum();
        }
    }
}
