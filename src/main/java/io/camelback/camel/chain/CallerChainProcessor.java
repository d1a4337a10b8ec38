package io.camelback.camel.chain;

import io.camelback.camel.request.CallerChain;
import io.camelback.camel.request.RequestContext;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;

/**
 * Asks the chains and deployments that a caller named for its request, each by its own route, until one answers or the
 * request has ended.
 */
public final class CallerChainProcessor implements Processor {
    @Override
    public void process(Exchange exchange) throws IOException {
        RequestContext context = RequestContext.of(exchange);
        try (ProducerTemplate template = exchange.getContext().createProducerTemplate()) {
            for (CallerChain.Segment segment : context.callerChain().segments()) {
                DeploymentLoadBalancer.forget(exchange);
                context.callerChain().enter(segment.chain());
                exchange.getMessage().setBody(context.effectiveRequest());
                template.send("direct:" + segment.route(), exchange);
                if (exchange.getException() == null || context.lifecycle().isEnded()) {
                    return;
                }
            }
        }
    }
}
