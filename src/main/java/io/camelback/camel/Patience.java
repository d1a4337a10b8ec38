package io.camelback.camel;

import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.resilience.Parking;
import io.camelback.resilience.Vitals;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.ExchangeHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For chains that would rather wait than fail: the request is held until a link may be asked again, up to the chain's limit, and
 * the chain is asked anew. The operator is told when it begins.
 */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    /** How long is waited at least before the chain is asked anew; doubled from time to time. */
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(15);

    private final CamelbackConfig config;
    private final Function<String, List<Deployment>> links;
    private final Consumer<Call> told;
    private final Vitals vitals;

    /**
     * @param links the deployments that a chain may come to
     * @param told  is told of a request that begins to wait
     */
    Patience(CamelbackConfig config, Function<String, List<Deployment>> links, Consumer<Call> told, Vitals vitals) {
        this.config = config;
        this.links = links;
        this.told = told;
        this.vitals = vitals;
    }

    /** Whether this chain waits, and for how long at most; zero for no. */
    private Duration limit(Call call) {
        return call.chain() == null ? Duration.ZERO : config.chain(call.chain()).exhausted().patience();
    }

    /**
     * The chain has come to nothing.
     *
     * @param thrown why; a fault of the gateway's own is not waited out
     * @return whether it was asked anew and there is a reply now, in the exchange's message
     */
    boolean answered(Exchange exchange, Call call, Throwable thrown) {
        Duration limit = limit(call);
        if (limit.isZero() || !Outcome.exhausts(thrown) || call.ended() || call.noFallback()) {
            return false;
        }
        told.accept(call);
        long until = vitals.nanoTime().getAsLong() + limit.toNanos();
        for (Duration pause = LEAST; ; pause = pause.multipliedBy(2).compareTo(MOST) < 0 ? pause.multipliedBy(2) : MOST) {
            Duration wait = pause.compareTo(freeIn(call)) >= 0 ? pause : freeIn(call);
            Duration left = Duration.ofNanos(until - vitals.nanoTime().getAsLong());
            Duration callers = call.left();
            if (wait.compareTo(left) >= 0 || callers != null && wait.compareTo(callers) >= 0 || call.awaitCancelled(wait)) {
                return false;
            }
            LOG.info("{} asks {} anew", call.id(), call.chain());
            call.askInstead(null);
            if (asked(exchange, call)) {
                return true;
            }
            if (call.ended()) {
                return false;
            }
        }
    }

    private boolean asked(Exchange exchange, Call call) {
        Exchange anew = ExchangeHelper.createCopy(exchange, true);
        anew.setException(null);
        anew.removeProperty(Exchange.EXCEPTION_CAUGHT);
        anew.getMessage().setBody(call.request());
        try (ProducerTemplate template = exchange.getContext().createProducerTemplate()) {
            template.send("direct:" + call.chain(), anew);
        } catch (IOException e) {
            throw new IllegalStateException("A producer template could not be closed", e);
        }
        if (anew.getException() != null || anew.getMessage().getBody() == call.request()) {
            return false;
        }
        exchange.setVariable(LiveAttempt.VARIABLE, LiveAttempt.of(anew));
        exchange.setMessage(anew.getMessage());
        return true;
    }

    /** When the first of the chain's links may be asked again, as far as that is known. */
    private Duration freeIn(Call call) {
        return links.apply(call.chain()).stream().filter(Deployment::usable).map(this::freeIn)
                .min(Duration::compareTo).orElse(MOST);
    }

    private Duration freeIn(Deployment deployment) {
        Optional<Parking.Parked> parked = vitals.parking().parked(deployment.name())
                .or(() -> vitals.parking().parked(Parking.keyOf(deployment)));
        if (parked.isPresent()) {
            return parked.get().left();
        }
        boolean forced = vitals.breakers().of(deployment).getState() == State.FORCED_OPEN;
        return forced ? MOST : vitals.breakers().closedFor(deployment);
    }
}
