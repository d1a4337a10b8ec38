package io.camelback.camel.chain;

import io.camelback.classification.RequestComplexity;
import io.camelback.routing.TaskRouting;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Sets the variables that a chain may choose by: {@code complexity}, from 0 to 10; {@code task}, the kind of task; and
 * {@code suggestedChain}, the chain that is configured for it. The last two are null where they are not known.
 */
public final class ClassificationProcessor implements Processor {
    public static final String COMPLEXITY = "complexity";
    public static final String TASK = "task";
    public static final String SUGGESTED_CHAIN = "suggestedChain";

    private final RequestContextFactory contexts;
    private final TaskRouting chains;

    public ClassificationProcessor(RequestContextFactory contexts, TaskRouting chains) {
        this.contexts = contexts;
        this.chains = chains;
    }

    @Override
    public void process(Exchange exchange) {
        RequestComplexity complexity = contexts.of(exchange, false).analysis().complexity();
        // As text: of two numbers, simple compares whole ones when one of them is written without a point (8.1 > 8 is
        // false).
        exchange.setVariable(COMPLEXITY, complexity.score().toPlainString());
        exchange.setVariable(TASK, complexity.task());
        exchange.setVariable(
                SUGGESTED_CHAIN, chains.suggestedChain(complexity.task()).orElse(null));
    }
}
