package io.camelback.server.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.config.Deployment;
import io.camelback.json.Json;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.resilience.CooldownRegistry;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.telemetry.Telemetry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Manual operator actions on a deployment: {@code {"action": "open", "deployment": "gpt"}}. */
final class OperatorActions {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorActions.class);
    private static final String BY_HAND = "by hand";

    private final GatewayRuntime runtime;
    private final Telemetry telemetry;

    OperatorActions(GatewayRuntime runtime, Telemetry telemetry) {
        this.runtime = runtime;
        this.telemetry = telemetry;
    }

    /**
     * Does it. {@code open} keeps a deployment's breaker open until somebody closes it; {@code close} closes it;
     * {@code cooldown} skips the deployment for {@code minutes} (at most 15); {@code clear-cooldown} ends every
     * cooldown of it and of its key.
     *
     * @throws InvalidRequestException when it cannot be understood
     */
    ObjectNode act(JsonNode asked) {
        String action = Json.string(asked, "action");
        Deployment deployment = telemetry
                .serving()
                .config()
                .deployment(String.valueOf(Json.string(asked, "deployment")))
                .orElseThrow(() -> new InvalidRequestException(new GatewayError(
                        404,
                        "no_such_deployment",
                        "`deployment` must be one of "
                                + String.join(
                                        ", ",
                                        telemetry
                                                .serving()
                                                .config()
                                                .deployments()
                                                .keySet()) + ".",
                        "deployment",
                        null)));
        switch (String.valueOf(action)) {
            case "open" -> open(runtime.breakers().of(deployment));
            case "close" -> close(runtime.breakers().of(deployment));
            case "cooldown" -> runtime.cooldowns().coolDown(deployment.name(), minutes(asked), BY_HAND);
            case "clear-cooldown" -> clearCooldown(deployment);
            default ->
                throw new InvalidRequestException(
                        "action", "`action` must be open, close, cooldown or clear-cooldown.");
        }
        LOG.info("Operator action: {} {}", action, deployment.name());
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
        long most = CooldownRegistry.MAX.toMinutes();
        if (minutes.isMissingNode()) {
            return CooldownRegistry.MAX;
        }
        if (!minutes.isIntegralNumber() || minutes.longValue() < 1 || minutes.longValue() > most) {
            throw new InvalidRequestException("minutes", "`minutes` must be a whole number from 1 to " + most + ".");
        }
        return Duration.ofMinutes(minutes.longValue());
    }

    private void clearCooldown(Deployment deployment) {
        runtime.cooldowns().clear(deployment.name());
        runtime.cooldowns().clear(CooldownRegistry.keyOf(deployment));
        telemetry.cooldownEnded(deployment);
    }
}
