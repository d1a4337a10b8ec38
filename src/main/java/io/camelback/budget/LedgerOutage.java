package io.camelback.budget;

import java.time.Instant;

/**
 * Requests under a budget are being refused because the ledger's database does not answer.
 *
 * @param since when the first of them was refused
 * @param refused how many were since then
 */
public record LedgerOutage(Instant since, long refused) {
    LedgerOutage more() {
        return new LedgerOutage(since, refused + 1);
    }
}
