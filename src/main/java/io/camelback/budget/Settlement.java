package io.camelback.budget;

import io.camelback.ledger.LedgerRow;
import java.util.List;

/**
 * The final cost of an attempt, to be written to the ledger.
 *
 * @param windows the budgets it counts to, in the windows in which it was admitted
 * @param spent micro-dollars
 * @param rows written together with it
 */
record Settlement(
        BudgetReservation reservation, List<BudgetLimitWindow> windows, long spent, List<? extends LedgerRow> rows) {}
