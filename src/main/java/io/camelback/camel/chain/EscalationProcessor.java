package io.camelback.camel.chain;

import io.camelback.camel.request.RequestContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;

/**
 * The first step of a layer: notes why the request has come here, after which attempts. What the layer before came to
 * says it, unless a route knows better and has put it into the variable {@code trigger}.
 */
public final class EscalationProcessor implements Processor {
    public static final String TRIGGER = "trigger";

    @Override
    public void process(Exchange exchange) {
        RequestContext context = RequestContext.of(exchange);
        if (context != null) {
            context.trail().enter(ExchangeHelper.getAtRouteId(exchange), exchange.getVariable(TRIGGER, String.class));
        }
        exchange.removeVariable(TRIGGER);
    }
}
