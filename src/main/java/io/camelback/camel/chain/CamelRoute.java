package io.camelback.camel.chain;

import io.camelback.routing.graph.GraphRoute;
import io.camelback.routing.graph.StepTarget;
import java.util.List;
import org.apache.camel.model.RouteDefinition;

/** A Camel route, as the route graph sees it. */
record CamelRoute(RouteDefinition definition) implements GraphRoute<CamelStep> {
    @Override
    public String begins() {
        StepTarget from = StepTarget.of(definition.getInput().getEndpointUri());
        return from.isDirect() ? from.name() : "";
    }

    @Override
    public List<CamelStep> steps() {
        return CamelStep.of(definition.getOutputs());
    }
}
