package io.camelback.observe;

import io.camelback.routing.Attempt;
import java.util.ArrayList;
import java.util.List;

/** One step down a chain: a deployment did not answer, and the next was tried. @param to {@code static} or {@code cached} for no model's answer */
record Fallback(String from, String to, String reason) {

    /** All of a request, in order; sending again to the same deployment is none. */
    static List<Fallback> of(RequestRecord entry) {
        List<Fallback> steps = new ArrayList<>();
        Attempt last = null;
        for (Attempt attempt : entry.attempts()) {
            if (!Reason.counts(attempt)) {
                continue;
            }
            if (last != null && !last.deployment().equals(attempt.deployment())) {
                steps.add(new Fallback(last.deployment(), attempt.deployment(), Reason.of(last)));
            }
            last = attempt;
        }
        if (last != null && entry.deployment() == null && entry.error() == null && entry.degraded() != null) {
            steps.add(new Fallback(last.deployment(), entry.degraded(), Reason.of(last)));
        }
        return steps;
    }
}
