package io.camelback.telemetry.metrics;

import io.camelback.event.EventBus;
import io.camelback.resilience.CooldownRegistry;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.resilience.InFlightLimiter;
import io.camelback.telemetry.log.RequestLog;
import io.camelback.telemetry.record.ActiveRevision;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Gauges of the state at a scrape: breakers, cooldowns, calls in flight, the revision in service. */
public final class StateGauges {
    private final GatewayRuntime runtime;
    private final MultiGauge breakers;
    private final MultiGauge cooldowns;
    private final MultiGauge inFlight;
    private volatile int version;
    private volatile boolean rejected;

    public StateGauges(GatewayRuntime runtime, RequestLog requests, EventBus events, MeterRegistry registry) {
        this.runtime = runtime;
        this.breakers = MultiGauge.builder("camelback.breaker.state")
                .description("0 closed, 1 half open (a probe may go through), 2 open, 3 held open by hand")
                .register(registry);
        this.cooldowns = MultiGauge.builder("camelback.cooling.down")
                .description("1 while a deployment or a provider's key is in cooldown")
                .register(registry);
        this.inFlight = MultiGauge.builder("camelback.in.flight")
                .description("Calls that are running")
                .register(registry);
        Gauge.builder("camelback.config.version", () -> version)
                .description("The version of the files in service")
                .register(registry);
        Gauge.builder("camelback.config.rejected", () -> rejected ? 1 : 0)
                .description("1 while the files hold an edit that was rejected")
                .register(registry);
        FunctionCounter.builder("camelback.hostile.headers", requests, RequestLog::hostileHeaders)
                .description("Client headers that were removed because they would control Camel")
                .register(registry);
        FunctionCounter.builder("camelback.retry.budget.exhausted", runtime.inFlight(), InFlightLimiter::refusedRetries)
                .description("Calls that were not retried because their deployment's retry budget was used up")
                .register(registry);
        FunctionCounter.builder("camelback.events.dropped", events, EventBus::dropped)
                .description("Events that were told faster than they could be delivered")
                .register(registry);
    }

    public void serving(ActiveRevision serving) {
        version = serving.version();
        rejected = false;
        breakers.register(
                serving.config().deployments().values().stream()
                        .map(deployment -> row(
                                "deployment",
                                deployment.name(),
                                () -> level(runtime.breakers().of(deployment).getState())))
                        .toList(),
                true);
        inFlight.register(
                serving.config().deployments().keySet().stream()
                        .map(name ->
                                row("deployment", name, () -> runtime.inFlight().running(name)))
                        .toList(),
                true);
        Stream<String> keys = serving.config().deployments().values().stream()
                .map(CooldownRegistry::keyOf)
                .distinct();
        List<MultiGauge.Row<?>> rows = Stream.concat(serving.config().deployments().keySet().stream(), keys)
                .<MultiGauge.Row<?>>map(name -> row(
                        "name", name, () -> runtime.cooldowns().cooldown(name).isPresent() ? 1 : 0))
                .toList();
        cooldowns.register(rows, true);
    }

    public void rejected() {
        rejected = true;
    }

    private static MultiGauge.Row<?> row(String key, String value, Supplier<Number> number) {
        return MultiGauge.Row.of(Tags.of(key, value), number);
    }

    private static int level(CircuitBreaker.State state) {
        return switch (state) {
            case HALF_OPEN -> 1;
            case OPEN -> 2;
            case FORCED_OPEN -> 3;
            default -> 0;
        };
    }
}
