package io.camelback.telemetry.record;

import io.camelback.attempt.AttemptResult;
import java.util.ArrayList;
import java.util.List;

/**
 * One fallback: a deployment did not answer, and the next was tried. @param to {@code static} or {@code cached} for no
 * model's answer
 */
public record FallbackStep(String from, String to, String reason) {

    /** All of a request, in order; sending again to the same deployment is none. */
    static List<FallbackStep> of(RequestRecord entry) {
        List<FallbackStep> steps = new ArrayList<>();
        AttemptResult last = null;
        for (AttemptResult attempt : entry.attempts()) {
            if (!OutcomeCode.counts(attempt)) {
                continue;
            }
            if (last != null && !last.deployment().equals(attempt.deployment())) {
                steps.add(new FallbackStep(last.deployment(), attempt.deployment(), OutcomeCode.of(last)));
            }
            last = attempt;
        }
        if (last != null && entry.deployment() == null && entry.error() == null && entry.degraded() != null) {
            steps.add(new FallbackStep(last.deployment(), entry.degraded(), OutcomeCode.of(last)));
        }
        return steps;
    }
}
