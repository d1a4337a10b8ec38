package io.camelback.server;

import io.camelback.budget.BudgetService;
import io.camelback.ledger.Ledger;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

/** Metrics of an unavailable ledger. */
final class LedgerMetrics {
    private LedgerMetrics() {}

    static void register(Ledger ledger, BudgetService budgets, MeterRegistry meters) {
        FunctionCounter.builder("camelback.ledger.refused", budgets, BudgetService::refused)
                .description("Requests under a budget that were refused because the ledger did not answer")
                .register(meters);
        FunctionCounter.builder("camelback.ledger.rows.lost", ledger, Ledger::lost)
                .description("Rows that were never written, because the ledger was away for too long")
                .register(meters);
    }
}
