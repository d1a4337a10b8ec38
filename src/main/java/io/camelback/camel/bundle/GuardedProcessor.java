package io.camelback.camel.bundle;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;

/**
 * A step of ours as a route has it: an {@link Error} that it throws becomes an exception. Camel goes on behind a step
 * that threw one as if it had gone well, and lets the Error itself past all error handling: the caller would be told
 * nothing, and what the request holds would not be given back.
 */
final class GuardedProcessor implements Processor {
    private final Processor step;

    GuardedProcessor(Processor step) {
        this.step = step;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        try {
            step.process(exchange);
        } catch (Error error) {
            throw new RuntimeCamelException(error);
        }
    }
}
