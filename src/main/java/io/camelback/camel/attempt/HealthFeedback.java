package io.camelback.camel.attempt;

import io.camelback.config.Deployment;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import io.camelback.failure.RetryAfter;
import io.camelback.resilience.CooldownRegistry;
import io.camelback.resilience.DeploymentStats;
import io.camelback.resilience.GatewayRuntime;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What the end of an attempt does to its deployment: its cooldowns, its breaker, its statistics. */
final class HealthFeedback {
    /** Failures of the deployment itself that its breaker does not count. */
    private static final Set<FailureKind> OWN =
            EnumSet.of(FailureKind.RATE_LIMIT, FailureKind.AUTH, FailureKind.QUOTA, FailureKind.MODEL_GONE);

    private final Deployment deployment;
    private final GatewayRuntime runtime;

    HealthFeedback(Deployment deployment, GatewayRuntime runtime) {
        this.deployment = deployment;
        this.runtime = runtime;
    }

    static DeploymentStats.Ending ending(ProviderException failure) {
        return failure.kind().counted() || OWN.contains(failure.kind())
                ? DeploymentStats.Ending.FAILED
                : DeploymentStats.Ending.ABANDONED;
    }

    /** Leaves the deployment, or all that share its key, alone for a while, if the failure is a reason to. */
    void coolDown(ProviderException failure) {
        String name = switch (failure.cooldownScope()) {
            case KEY -> CooldownRegistry.keyOf(deployment);
            case DEPLOYMENT -> deployment.name();
            case NOTHING -> failure.kind().counted() && failure.retryAfter() != null ? deployment.name() : null;
        };
        if (name != null) {
            runtime.cooldowns().coolDown(name, failure);
        }
    }

    /**
     * A limit that the provider says is used up takes the deployment out until it is full again, before it refuses
     * anybody.
     *
     * @param headers the provider's, by name
     */
    void limits(Function<String, String> headers) {
        Optional<Duration> usedUp = RetryAfter.usedUp(headers, runtime.clock().instant());
        usedUp.ifPresent(wait -> runtime.cooldowns().coolDown(deployment.name(), wait, "its rate limit is used up"));
    }

    /**
     * What a stream that was committed is to the breaker (see
     * {@link io.camelback.camel.chain.StreamAwareCircuitBreaker}). One that outlived the breaker's opening has nothing
     * to say on a probe.
     *
     * @param failure null for one that was answered, or that was only slow
     */
    void judge(ProviderException failure, Duration took) {
        CircuitBreaker breaker = runtime.breakers().of(deployment);
        if (breaker.getState() != CircuitBreaker.State.CLOSED) {
            return;
        }
        if (failure == null) {
            breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
        } else if (failure.kind().counted()) {
            breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, failure);
        }
    }
}
