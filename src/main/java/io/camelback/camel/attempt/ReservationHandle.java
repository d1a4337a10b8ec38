package io.camelback.camel.attempt;

import io.camelback.attempt.AttemptResult;
import java.util.List;

/** Room in the budgets that is put aside for a deployment's turn. */
public interface ReservationHandle {
    /** For a turn that no budget limits. */
    ReservationHandle NONE = turns -> {};

    /** Both at once. */
    default ReservationHandle and(ReservationHandle other) {
        return this == NONE
                ? other
                : turns -> {
                    try {
                        settle(turns);
                    } finally {
                        other.settle(turns);
                    }
                };
    }

    /** The turn is over, and this is what it came to: once, whatever happened. Never waits. */
    void settle(List<AttemptResult> turns);
}
