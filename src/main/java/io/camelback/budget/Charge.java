package io.camelback.budget;

import io.camelback.ledger.About;
import java.time.ZoneId;
import java.util.List;

/**
 * What an attempt asks room for.
 *
 * @param layer        the deployment's layer; null when it is in none
 * @param caps         all that must have room
 * @param zone         whose calendar they go by
 * @param microDollars the most it can cost
 */
public record Charge(About about, String deployment, String layer, List<Cap> caps, ZoneId zone, long microDollars) {
    public Charge {
        caps = List.copyOf(caps);
    }
}
