package io.camelback.camel;

import io.camelback.routing.Complexity;
import io.camelback.routing.TaskChains;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Puts into variables what a chain may choose by: {@code complexity}, from 0 to 10; {@code task}, the kind of task; and
 * {@code meantFor}, the chain that is meant for it. The last two are null where nobody knows.
 */
final class Judge implements Processor {
    static final String COMPLEXITY = "complexity";
    static final String TASK = "task";
    static final String MEANT_FOR = "meantFor";

    private final Calls calls;
    private final TaskChains chains;

    Judge(Calls calls, TaskChains chains) {
        this.calls = calls;
        this.chains = chains;
    }

    @Override
    public void process(Exchange exchange) {
        Complexity complexity = calls.of(exchange, false).complexity();
        // As text: of two numbers, simple compares whole ones when one of them is written without a point (8.1 > 8 is false).
        exchange.setVariable(COMPLEXITY, complexity.score().toPlainString());
        exchange.setVariable(TASK, complexity.task());
        exchange.setVariable(MEANT_FOR, chains.meantFor(complexity.task()).orElse(null));
    }
}
