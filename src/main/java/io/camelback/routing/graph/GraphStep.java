package io.camelback.routing.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A step of a route, however the route is written.
 *
 * @param <S> the steps of this notation
 */
public interface GraphStep<S extends GraphStep<S>> {
    /** Where it leads; {@link StepTarget#NONE} for a step that only holds others. */
    StepTarget target();

    /** The lists of steps below it, in the order in which they are done: a breaker's fallback is the last. */
    List<List<S>> below();

    /** These steps and all below them, in order. */
    static <S extends GraphStep<S>> List<S> all(List<S> steps) {
        List<S> all = new ArrayList<>();
        for (S step : steps) {
            all.add(step);
            step.below().forEach(list -> all.addAll(all(list)));
        }
        return all;
    }
}
