package io.camelback.camel.chain;

import io.camelback.routing.graph.GraphStep;
import io.camelback.routing.graph.StepTarget;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ToDefinition;

/** A step of a Camel route, as the route graph sees it. */
record CamelStep(ProcessorDefinition<?> definition) implements GraphStep<CamelStep> {
    static List<CamelStep> of(List<ProcessorDefinition<?>> definitions) {
        List<CamelStep> steps = new ArrayList<>();
        definitions.forEach(definition -> steps.add(new CamelStep(definition)));
        return steps;
    }

    /** A target that only a running request could tell is none. */
    @Override
    public StepTarget target() {
        if (definition instanceof ToDefinition to) {
            return StepTarget.of(to.getEndpointUri());
        }
        return definition instanceof KameletDefinition kamelet
                ? StepTarget.of(StepTarget.KAMELET + kamelet.getName())
                : StepTarget.NONE;
    }

    @Override
    public List<List<CamelStep>> below() {
        return List.of(of(definition.getOutputs()), fallback());
    }

    /** What is done in place of this step when it is a breaker that fails; empty for all others. */
    List<CamelStep> fallback() {
        return definition instanceof CircuitBreakerDefinition breaker && breaker.getOnFallback() != null
                ? of(breaker.getOnFallback().getOutputs())
                : List.of();
    }
}
