package io.camelback.camel.fallback;

import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.request.ExhaustionErrorMapper;
import io.camelback.camel.request.RequestContext;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.routing.DeploymentAvailability;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.ExchangeHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For chains that would rather wait than fail: the request is held until a link may be asked again, up to the chain's
 * limit, and the chain is called again. The operator is told when it begins.
 */
public final class WaitForRecoveryHandler {
    private static final Logger LOG = LoggerFactory.getLogger(WaitForRecoveryHandler.class);
    /** How long is waited at least before the chain is called again; doubled from time to time. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private static final Duration MOST = Duration.ofSeconds(15);

    private final CamelbackConfig config;
    private final Function<String, List<Deployment>> links;
    private final Consumer<RequestContext> told;
    private final GatewayRuntime runtime;

    /**
     * @param links the deployments that a chain may come to
     * @param told is told of a request that begins to wait
     */
    public WaitForRecoveryHandler(
            CamelbackConfig config,
            Function<String, List<Deployment>> links,
            Consumer<RequestContext> told,
            GatewayRuntime runtime) {
        this.config = config;
        this.links = links;
        this.told = told;
        this.runtime = runtime;
    }

    /** Whether this chain waits, and for how long at most; zero for no. */
    private Duration maxWait(RequestContext context) {
        return context.chain() == null
                ? Duration.ZERO
                : config.chain(context.chain()).exhausted().maxWait();
    }

    /**
     * The chain has come to nothing.
     *
     * @param thrown why; a fault of the gateway's own is not waited out
     * @return whether it was called again and has answered, in the exchange's message
     */
    public boolean waitAndRetry(Exchange exchange, RequestContext context, Throwable thrown) {
        Duration limit = maxWait(context);
        if (limit.isZero()
                || !ExhaustionErrorMapper.exhausts(thrown)
                || context.lifecycle().isEnded()
                || context.noFallback()) {
            return false;
        }
        told.accept(context);
        long until = runtime.nanoTime().getAsLong() + limit.toNanos();
        for (Duration pause = LEAST;
                ;
                pause = pause.multipliedBy(2).compareTo(MOST) < 0 ? pause.multipliedBy(2) : MOST) {
            Duration wait = pause.compareTo(availableIn(context)) >= 0 ? pause : availableIn(context);
            Duration left = Duration.ofNanos(until - runtime.nanoTime().getAsLong());
            Duration callers = context.remainingTime();
            if (wait.compareTo(left) >= 0
                    || callers != null && wait.compareTo(callers) >= 0
                    || context.lifecycle().awaitStop(wait)) {
                return false;
            }
            LOG.info("Request {}: retrying chain {}", context.id(), context.chain());
            context.overrideRequest(null);
            if (asked(exchange, context)) {
                return true;
            }
            if (context.lifecycle().isEnded()) {
                return false;
            }
        }
    }

    private boolean asked(Exchange exchange, RequestContext context) {
        Exchange retry = ExchangeHelper.createCopy(exchange, true);
        retry.setException(null);
        retry.removeProperty(Exchange.EXCEPTION_CAUGHT);
        retry.getMessage().setBody(context.effectiveRequest());
        try (ProducerTemplate template = exchange.getContext().createProducerTemplate()) {
            template.send("direct:" + context.route(), retry);
        } catch (IOException e) {
            throw new IllegalStateException("A producer template could not be closed", e);
        }
        if (retry.getException() != null || retry.getMessage().getBody() == context.effectiveRequest()) {
            return false;
        }
        exchange.setVariable(ProviderAttempt.VARIABLE, ProviderAttempt.of(retry));
        exchange.setMessage(retry.getMessage());
        return true;
    }

    /** In how long the first of the chain's deployments may be asked again, as far as that is known. */
    private Duration availableIn(RequestContext context) {
        List<Deployment> asked = context.callerChain() == null
                ? links.apply(context.chain())
                : context.plan().links();
        return asked.stream()
                .filter(Deployment::usable)
                .map(deployment -> DeploymentAvailability.of(deployment, runtime)
                        .availableIn()
                        .orElse(MOST))
                .min(Duration::compareTo)
                .orElse(MOST);
    }
}
