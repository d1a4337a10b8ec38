package io.camelback.camel.chain;

import io.camelback.camel.request.RequestContext;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.loadbalancer.LoadBalancingStrategy;
import io.camelback.loadbalancer.LoadMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.processor.loadbalancer.LoadBalancerSupport;

/**
 * A balancer in a chain's {@code loadBalance}. Its breakers are asked in the order the {@link LoadBalancingStrategy}
 * gives, the next one when one has failed; what else stands there, such as {@code to: direct:economy}, is asked after
 * all of them.
 */
public final class DeploymentLoadBalancer extends LoadBalancerSupport {
    private final LoadBalancingStrategy balancer;
    private final LoadMetrics metrics;
    private final CamelbackConfig config;
    private List<String> links = List.of();

    public DeploymentLoadBalancer(LoadBalancingStrategy balancer, LoadMetrics metrics, CamelbackConfig config) {
        this.balancer = balancer;
        this.metrics = metrics;
        this.config = config;
    }

    /** @param deployments the deployments of the steps in their order; empty for a step that is no breaker's */
    void links(List<String> deployments) {
        links = List.copyOf(deployments);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            RequestContext context = RequestContext.of(exchange);
            for (AsyncProcessor link : order(context)) {
                forget(exchange);
                link.process(exchange);
                if (exchange.getException() == null
                        || context != null && context.lifecycle().isEnded()) {
                    break;
                }
            }
        } catch (Exception e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    private List<AsyncProcessor> order(RequestContext context) {
        Map<Deployment, AsyncProcessor> balanced = new LinkedHashMap<>();
        List<AsyncProcessor> rest = new ArrayList<>();
        List<AsyncProcessor> steps = getProcessors();
        for (int i = 0; i < steps.size(); i++) {
            Deployment deployment = i < links.size() ? config.deployments().get(links.get(i)) : null;
            if (deployment == null || balanced.putIfAbsent(deployment, steps.get(i)) != null) {
                rest.add(steps.get(i));
            }
        }
        List<AsyncProcessor> order = new ArrayList<>();
        if (!balanced.isEmpty()) {
            balancer.order(context == null ? null : context.effectiveRequest(), List.copyOf(balanced.keySet()), metrics)
                    .forEach(deployment -> order.add(balanced.get(deployment)));
        }
        order.addAll(rest);
        return order;
    }

    /** What the failure of one link leaves on the exchange must not look like a failure of the next. */
    static void forget(Exchange exchange) {
        exchange.setException(null);
        exchange.removeProperty(ExchangePropertyKey.EXCEPTION_CAUGHT);
        exchange.getExchangeExtension().setRedeliveryExhausted(false);
        exchange.setRollbackOnly(false);
    }
}
