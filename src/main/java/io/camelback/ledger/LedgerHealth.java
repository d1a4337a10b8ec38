package io.camelback.ledger;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the ledger's database works, as far as one gateway has seen. Thread-safe. */
final class LedgerHealth {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerHealth.class);
    /**
     * How long the database must have worked before a missing heartbeat of another gateway counts: they have beaten
     * twice by then.
     */
    private static final Duration STEADY = Duration.ofSeconds(10);

    private static final long NEVER = Long.MAX_VALUE;

    private volatile LedgerUnavailableException problem;
    private volatile boolean seen;
    private volatile long steadySince = NEVER;
    private volatile long lastHeartbeat;
    private volatile boolean stuck;

    void failed(LedgerUnavailableException e) {
        if (problem == null) {
            LOG.warn(
                    "Ledger: {}. Requests under a budget or with an Idempotency-Key are refused until it works again; others"
                            + " are served.",
                    e.getMessage());
        }
        problem = e;
        steadySince = NEVER;
    }

    /** The database has answered. Ignored while rows cannot be written, and before the first heartbeat. */
    void works() {
        if (stuck || !seen) {
            return;
        }
        if (problem != null) {
            LOG.info("Ledger: the database works again");
        }
        problem = null;
    }

    /** @param now Unix time in milliseconds, by the database's clock */
    void beaten(long now) {
        lastHeartbeat = now;
        seen = true;
        if (steadySince == NEVER) {
            steadySince = now;
        }
        works();
    }

    /** Rows could not be written. */
    void stuck() {
        stuck = true;
    }

    /** All waiting rows were written. */
    void written() {
        if (stuck) {
            stuck = false;
            works();
        }
    }

    Optional<LedgerUnavailableException> problem() {
        return Optional.ofNullable(problem);
    }

    /** Whether a heartbeat has been written since the start. */
    boolean seen() {
        return seen;
    }

    /** Whether the database has worked long enough that a gateway without a heartbeat is dead. */
    boolean steady() {
        long since = steadySince;
        return since != NEVER && lastHeartbeat - since >= STEADY.toMillis();
    }
}
