package io.camelback.routing;

import io.camelback.config.Deployment;
import java.util.Optional;

/**
 * What budgets and quotas have left for one request, as far as known without a database query. The last word is spoken
 * when room is taken, just before a deployment is asked.
 */
@FunctionalInterface
public interface CapacityCheck {
    /** For those whom nothing limits. */
    CapacityCheck ALL = deployment -> Optional.empty();

    /** Why the request could not be given to a deployment now; empty when nothing speaks against it. */
    Optional<SkipReason> refusal(Deployment deployment);
}
