package io.camelback.camel.accounting;

import io.camelback.camel.request.RequestContext;
import io.camelback.routing.CapacityCheck;

/**
 * What quotas and budgets have left for a call, as far as this gateway knows: for plans. Asks nobody and takes nothing.
 */
public final class CapacityPreview {
    private final QuotaEnforcer gate;
    private final RequestAccounting accounting;

    public CapacityPreview(QuotaEnforcer gate, RequestAccounting accounting) {
        this.gate = gate;
        this.accounting = accounting;
    }

    /** In the order in which they are asked when the turn comes. */
    public CapacityCheck of(RequestContext call) {
        return deployment -> gate.preview(call, deployment).or(() -> accounting.preview(call, deployment));
    }
}
