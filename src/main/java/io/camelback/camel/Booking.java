package io.camelback.camel;

import io.camelback.routing.Attempt;
import java.util.List;

/** Room in the budgets that is put aside for a deployment's turn. */
interface Booking {
    /** For a turn that no budget limits. */
    Booking NONE = turns -> { };

    /** Both at once. */
    default Booking and(Booking other) {
        return this == NONE ? other : turns -> {
            try {
                settle(turns);
            } finally {
                other.settle(turns);
            }
        };
    }

    /** The turn is over, and this is what it came to: once, whatever happened. Never waits. */
    void settle(List<Attempt> turns);
}
