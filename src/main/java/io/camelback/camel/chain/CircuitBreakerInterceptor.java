package io.camelback.camel.chain;

import io.camelback.attempt.AttemptHistory;
import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.request.RequestContext;
import io.camelback.routing.graph.GraphStep;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.LoadBalanceDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Notes the links that an open breaker passed over. The block of an open breaker never runs and its fallback is told
 * nothing, so this looks from outside: a breaker whose deployment had no turn let nothing through.
 *
 * <p>It also takes back what a fallback leaves behind: Camel marks the exchange as if every later exception were
 * handled, too, and a {@code doCatch} around the chain would pass over the failure of its last link.
 */
public final class CircuitBreakerInterceptor implements InterceptStrategy {
    /** The exchange property that says how long the trail was when a breaker was reached. */
    private static final String MARK = "camelbackMark-";

    private volatile Map<NamedNode, String> fallbacks;

    /** The name of a breaker's bean, which is its deployment's; empty for any other step. */
    private static String breaker(CamelContext context, NamedNode step) {
        return step instanceof CircuitBreakerDefinition breaker
                        && breaker.getResilience4jConfiguration() != null
                        && breaker.getResilience4jConfiguration().getCircuitBreaker() != null
                ? context.resolvePropertyPlaceholders(
                        breaker.getResilience4jConfiguration().getCircuitBreaker())
                : "";
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        if (target instanceof DeploymentLoadBalancer balancing
                && definition instanceof LoadBalanceDefinition balanced) {
            balancing.links(balanced.getOutputs().stream()
                    .map(step -> breaker(context, step))
                    .toList());
        }
        String name = breaker(context, definition);
        Processor noted = name.isEmpty() ? target : noting(target, name);
        String before = fallbacks(context).getOrDefault(definition, "");
        return before.isEmpty() ? noted : notingBefore(noted, before);
    }

    /** The first steps of all fallbacks with their breakers' names. A step does not know its parent here. */
    private Map<NamedNode, String> fallbacks(CamelContext context) {
        if (fallbacks == null) {
            Map<NamedNode, String> found = new IdentityHashMap<>();
            for (RouteDefinition route : ((ModelCamelContext) context).getRouteDefinitions()) {
                for (CamelStep step : GraphStep.all(new CamelRoute(route).steps())) {
                    step.fallback().stream()
                            .findFirst()
                            .ifPresent(first -> found.put(first.definition(), breaker(context, step.definition())));
                }
            }
            fallbacks = found;
        }
        return fallbacks;
    }

    /**
     * The first step of a fallback: its breaker's deployment has had its turn by now, or it was let nothing through.
     */
    private static Processor notingBefore(Processor target, String name) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                RequestContext requestContext = RequestContext.of(exchange);
                Integer mark = exchange.getProperty(MARK + name, Integer.class);
                if (requestContext != null && mark != null) {
                    requestContext.trail().openAt(mark, name);
                }
                return super.process(exchange, callback);
            }
        };
    }

    private static Processor noting(Processor target, String name) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                Object handled = exchange.getProperty(ExchangePropertyKey.EXCEPTION_HANDLED);
                AsyncCallback restoring = done -> {
                    exchange.setProperty(ExchangePropertyKey.EXCEPTION_HANDLED, handled);
                    callback.done(done);
                };
                RequestContext requestContext = RequestContext.of(exchange);
                if (requestContext == null) {
                    return super.process(exchange, restoring);
                }
                AttemptHistory trail = requestContext.trail();
                int mark = trail.size();
                exchange.setProperty(MARK + name, mark);
                return super.process(exchange, done -> {
                    ProviderAttempt answering = ProviderAttempt.of(exchange);
                    if (answering == null || !answering.deployment().name().equals(name)) {
                        trail.openAt(mark, name);
                    }
                    restoring.done(done);
                });
            }
        };
    }
}
