package io.camelback.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.config.Deployment;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.failure.AttemptSkippedException.Reason;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import io.camelback.resilience.CooldownRegistry;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.testkit.ManualClock;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When a deployment may be asked: what stands in the way, and for how long. */
class DeploymentAvailabilityTest {
    private static final String YAML = """
            deployments:
              gpt:
                provider: openai
                model: m
                max-in-flight: 2
                breaker: { failures: 2, cooldown: 60s }
            """;
    private static final SkipReason OVER_QUOTA = SkipReason.overQuota("50 requests a day", Duration.ofHours(3));
    private static final SkipReason OVER_BUDGET = SkipReason.overBudget("used up", Duration.ofDays(3));
    private static final SkipReason NO_PRICE = SkipReason.of(Reason.NO_PRICE, "no price, under a budget");
    private static final Duration NO_END = null;

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final GatewayRuntime runtime = GatewayRuntime.create(clock);
    private final Deployment deployment = deployment("sim-key");

    private static Deployment deployment(String key) {
        return CamelbackConfigReader.read(YAML, "test", name -> name.equals("OPENAI_API_KEY") ? key : null)
                .config()
                .deployment("gpt")
                .orElseThrow();
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    /** What has come to a deployment before it is looked at. */
    @FunctionalInterface
    private interface Past {
        void happen(DeploymentAvailabilityTest gateway);

        default Past then(Past later) {
            return gateway -> {
                happen(gateway);
                later.happen(gateway);
            };
        }
    }

    private static final Past NOTHING = gateway -> {};
    private static final Past TWO_FAILURES = failures(2);
    private static final Past HALF_OPEN =
            TWO_FAILURES.then(passes(61)).then(gateway -> gateway.breaker().acquirePermission());
    private static final Past OPENED_BY_HAND = gateway -> gateway.breaker().transitionToForcedOpenState();
    private static final Past FULL = calls(2);

    private CircuitBreaker breaker() {
        return runtime.breakers().of(deployment);
    }

    private static Past failures(int count) {
        return gateway -> {
            for (int i = 0; i < count; i++) {
                gateway.breaker().acquirePermission();
                gateway.breaker().onError(1, TimeUnit.MILLISECONDS, ProviderException.of(FailureKind.SERVER, "500"));
            }
        };
    }

    private static Past passes(int seconds) {
        return gateway -> gateway.clock.advance(Duration.ofSeconds(seconds));
    }

    private static Past cooldown(int seconds) {
        return gateway -> gateway.runtime.cooldowns().coolDown("gpt", Duration.ofSeconds(seconds), "429");
    }

    private static Past keyCooldown(int seconds) {
        return gateway -> gateway.runtime
                .cooldowns()
                .coolDown(CooldownRegistry.keyOf(gateway.deployment), Duration.ofSeconds(seconds), "401");
    }

    private static Past calls(int count) {
        return gateway -> {
            for (int i = 0; i < count; i++) {
                gateway.runtime.inFlight().acquire("gpt", count);
            }
        };
    }

    static Stream<Arguments> rules() {
        Duration now = Duration.ZERO;
        return Stream.of(
                rule("nothing is wrong", NOTHING, null, true, now),
                rule("one failure is not enough to open the breaker", failures(1), null, true, now),
                rule("the breaker is open", TWO_FAILURES, Reason.BREAKER_OPEN, false, seconds(60)),
                rule("after half of it", TWO_FAILURES.then(passes(30)), Reason.BREAKER_OPEN, false, seconds(30)),
                rule("a probe is due", TWO_FAILURES.then(passes(60)), null, true, now),
                rule("the breaker is half open", HALF_OPEN, null, true, now),
                rule("opened by hand", OPENED_BY_HAND, Reason.BREAKER_OPEN, false, NO_END),
                rule(
                        "opened by hand, an hour ago",
                        OPENED_BY_HAND.then(passes(3600)),
                        Reason.BREAKER_OPEN,
                        false,
                        NO_END),
                rule("cooling down", cooldown(20), Reason.COOLDOWN, false, seconds(20)),
                rule("cooled down", cooldown(20).then(passes(20)), null, true, now),
                rule("the key is cooling down", keyCooldown(300), Reason.COOLDOWN, false, seconds(300)),
                rule(
                        "both, the key for longer",
                        cooldown(20).then(keyCooldown(300)),
                        Reason.COOLDOWN,
                        false,
                        seconds(300)),
                rule("both, the key for less", cooldown(90).then(keyCooldown(30)), Reason.COOLDOWN, false, seconds(90)),
                rule("one free slot", calls(1), null, true, now),
                rule("no free slot", FULL, Reason.IN_FLIGHT_CAP, true, seconds(1)),
                rule(
                        "open and cooling down for longer",
                        TWO_FAILURES.then(cooldown(90)),
                        Reason.BREAKER_OPEN,
                        false,
                        seconds(90)),
                rule(
                        "open for longer than cooling down",
                        TWO_FAILURES.then(cooldown(20)),
                        Reason.BREAKER_OPEN,
                        false,
                        seconds(60)),
                rule(
                        "cooling down, opened by hand",
                        cooldown(20).then(OPENED_BY_HAND),
                        Reason.BREAKER_OPEN,
                        false,
                        NO_END),
                rule("cooling down and full", cooldown(20).then(FULL), Reason.COOLDOWN, false, seconds(20)));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Arguments rule(String what, Past past, Reason reason, boolean healthy, Duration availableIn) {
        return Arguments.of(what, past, reason, healthy, availableIn);
    }

    private static void check(DeploymentAvailability found, Reason reason, boolean healthy, Duration availableIn) {
        assertThat(found.reason().map(SkipReason::reason)).isEqualTo(Optional.ofNullable(reason));
        assertThat(found.mayBeAsked()).isEqualTo(reason == null);
        assertThat(found.isHealthy()).isEqualTo(healthy);
        assertThat(found.availableIn()).isEqualTo(Optional.ofNullable(availableIn));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void rules(String what, Past past, Reason reason, boolean healthy, Duration availableIn) {
        past.happen(this);

        check(DeploymentAvailability.of(deployment, runtime), reason, healthy, availableIn);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void without_a_key_nothing_else_makes_it_available(String what, Past past, Reason reason) {
        past.happen(this);

        DeploymentAvailability found = DeploymentAvailability.of(deployment(null), runtime);

        check(found, reason == Reason.BREAKER_OPEN ? reason : Reason.NO_KEY, false, NO_END);
        assertThat(found.reason(Reason.NO_KEY).orElseThrow().detail()).isEqualTo("no key: OPENAI_API_KEY is not set");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(OVER_QUOTA, Duration.ofHours(3)),
                Arguments.of(OVER_BUDGET, Duration.ofDays(3)),
                Arguments.of(SkipReason.overQuota("2 at once", null), NO_END),
                Arguments.of(NO_PRICE, NO_END));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_request_without_room_is_refused_by_a_healthy_deployment(SkipReason refusal, Duration availableIn) {
        DeploymentAvailability found = DeploymentAvailability.of(deployment, runtime, link -> Optional.of(refusal));

        check(found, refusal.reason(), true, availableIn);
        assertThat(found.refusal()).contains(refusal);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_is_wrong_with_the_deployment_is_said_before_that(SkipReason refusal, Duration availableIn) {
        keyCooldown(30).then(FULL).happen(this);

        DeploymentAvailability found = DeploymentAvailability.of(deployment, runtime, link -> Optional.of(refusal));

        check(found, Reason.COOLDOWN, false, availableIn);
        assertThat(List.of(found.reason(Reason.IN_FLIGHT_CAP), found.refusal())).doesNotContain(Optional.empty());
    }
}
