package io.camelback.budget;

import io.camelback.ledger.RequestRef;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/**
 * A request to reserve an amount for an attempt.
 *
 * @param layer the deployment's layer; null when it is in none
 * @param caps all that must have room
 * @param zone whose calendar they go by
 * @param microDollars the most it can cost
 */
public record ReservationRequest(
        RequestRef about, String deployment, String layer, List<BudgetLimit> caps, ZoneId zone, long microDollars) {
    public ReservationRequest {
        caps = List.copyOf(caps);
    }

    /** Its budgets, each in its window at a moment. */
    List<BudgetLimitWindow> windows(Function<BudgetLimit, Instant> at) {
        return BudgetLimitWindow.sorted(caps, zone, at);
    }
}
