package io.camelback.camel.chain;

import io.camelback.classification.RequestComplexity;
import io.camelback.routing.TaskRouting;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Puts into variables what a chain may choose by: {@code complexity}, from 0 to 10; {@code task}, the kind of task; and
 * {@code meantFor}, the chain that is meant for it. The last two are null where nobody knows.
 */
public final class ClassificationProcessor implements Processor {
    public static final String COMPLEXITY = "complexity";
    public static final String TASK = "task";
    public static final String MEANT_FOR = "suggestedChain";

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
        exchange.setVariable(MEANT_FOR, chains.suggestedChain(complexity.task()).orElse(null));
    }
}
