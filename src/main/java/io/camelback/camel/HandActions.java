package io.camelback.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.config.Deployment;
import io.camelback.dialect.InvalidRequest;
import io.camelback.dialect.Json;
import io.camelback.observe.Observation;
import io.camelback.resilience.Parking;
import io.camelback.resilience.Vitals;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator does to a deployment by hand: {@code {"action": "open", "deployment": "gpt"}}. */
final class HandActions {
    private static final Logger LOG = LoggerFactory.getLogger(HandActions.class);
    private static final String BY_HAND = "by hand";

    private final Vitals vitals;
    private final Observation observation;

    HandActions(Vitals vitals, Observation observation) {
        this.vitals = vitals;
        this.observation = observation;
    }

    /**
     * Does it. {@code open} keeps a deployment's breaker open until somebody closes it; {@code close} closes it; {@code park}
     * leaves the deployment alone for {@code minutes} (at most 15); {@code unpark} ends every park of it and of its key.
     *
     * @throws InvalidRequest when it cannot be understood
     */
    ObjectNode act(JsonNode asked) {
        String action = Json.string(asked, "action");
        Deployment deployment = observation.serving().config().deployment(String.valueOf(Json.string(asked, "deployment")))
                .orElseThrow(() -> new InvalidRequest(new GatewayError(404, "no_such_deployment",
                        "`deployment` must be one of " + String.join(", ", observation.serving().config().deployments().keySet())
                                + ".", "deployment", null)));
        switch (String.valueOf(action)) {
            case "open" -> open(vitals.breakers().of(deployment));
            case "close" -> close(vitals.breakers().of(deployment));
            case "park" -> vitals.parking().park(deployment.name(), minutes(asked), BY_HAND);
            case "unpark" -> unpark(deployment);
            default -> throw new InvalidRequest("action", "`action` must be open, close, park or unpark.");
        }
        LOG.info("By hand: {} {}", action, deployment.name());
        return Json.object().put("action", action).put("deployment", deployment.name());
    }

    private static void open(CircuitBreaker breaker) {
        if (breaker.getState() != CircuitBreaker.State.FORCED_OPEN) {
            breaker.transitionToForcedOpenState();
        }
    }

    private static void close(CircuitBreaker breaker) {
        if (breaker.getState() != CircuitBreaker.State.CLOSED) {
            breaker.transitionToClosedState();
        }
    }

    private static Duration minutes(JsonNode asked) {
        JsonNode minutes = asked.path("minutes");
        long most = Parking.MAX.toMinutes();
        if (minutes.isMissingNode()) {
            return Parking.MAX;
        }
        if (!minutes.isIntegralNumber() || minutes.longValue() < 1 || minutes.longValue() > most) {
            throw new InvalidRequest("minutes", "`minutes` must be a whole number from 1 to " + most + ".");
        }
        return Duration.ofMinutes(minutes.longValue());
    }

    private void unpark(Deployment deployment) {
        vitals.parking().clear(deployment.name());
        vitals.parking().clear(Parking.keyOf(deployment));
        observation.unparked(deployment);
    }
}
