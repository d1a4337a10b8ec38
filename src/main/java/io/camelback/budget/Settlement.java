package io.camelback.budget;

import io.camelback.ledger.LedgerRow;
import java.util.List;

/**
 * What an attempt came to, on its way into the ledger.
 *
 * @param windows the budgets it counts to, in the windows in which it was admitted
 * @param spent micro-dollars
 * @param rows written together with it
 */
record Settlement(
        BudgetReservation reservation, List<BudgetLimitWindow> windows, long spent, List<? extends LedgerRow> rows) {}
