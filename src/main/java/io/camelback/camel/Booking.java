package io.camelback.camel;

import io.camelback.routing.Attempt;
import java.util.List;

/** Room in the budgets that is put aside for a deployment's turn. */
interface Booking {
    /** For a turn that no budget limits. */
    Booking NONE = turns -> { };

    /** The turn is over, and this is what it came to: once, whatever happened. Never waits. */
    void settle(List<Attempt> turns);
}
