package io.camelback.routing.graph;

import java.util.List;

/**
 * A route, however it is written.
 *
 * @param <S> its steps
 */
public interface GraphRoute<S> {
    /** The name by which other routes call it; empty when they cannot. */
    String begins();

    List<S> steps();
}
