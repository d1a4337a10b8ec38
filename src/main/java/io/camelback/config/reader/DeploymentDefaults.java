package io.camelback.config.reader;

import io.camelback.config.CircuitBreakerSettings;
import io.camelback.config.RetrySettings;
import io.camelback.config.TimeoutSettings;
import io.camelback.config.yaml.ValueParsers;
import io.camelback.config.yaml.YamlSection;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Default settings of deployments: the built-in ones, overridden by the file's {@code defaults}. */
record DeploymentDefaults(
        TimeoutSettings timeouts, RetrySettings retry, CircuitBreakerSettings breaker, int maxInFlight) {
    static final List<String> KEYS = List.of("timeouts", "retry", "breaker", "max-in-flight");
    static final DeploymentDefaults BUILT_IN = new DeploymentDefaults(
            new TimeoutSettings(
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(300)),
            new RetrySettings(2, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(3)),
            new CircuitBreakerSettings(5, Duration.ofSeconds(60), OptionalInt.empty()),
            1000);

    /** These, with what a section says put over them. */
    DeploymentDefaults with(YamlSection section) {
        return new DeploymentDefaults(
                timeouts(section.section("timeouts")),
                retry(section.section("retry")),
                breaker(section.section("breaker")),
                section.read("max-in-flight", ValueParsers.whole(1, 100_000), maxInFlight));
    }

    private TimeoutSettings timeouts(YamlSection section) {
        section.only("connect", "tls", "headers", "first-token", "idle", "total");
        Duration total = section.read("total", ValueParsers.TIMER, unlessWritten(section, "total", timeouts.total()));
        Duration first = within(
                total,
                "total",
                section,
                "first-token",
                section.read("first-token", ValueParsers.TIMER, timeouts.firstToken()));
        return new TimeoutSettings(
                within(
                        total,
                        "total",
                        section,
                        "connect",
                        section.read("connect", ValueParsers.TIMER, timeouts.connect())),
                within(total, "total", section, "tls", section.read("tls", ValueParsers.TIMER, timeouts.tls())),
                within(
                        first,
                        "first-token",
                        section,
                        "headers",
                        section.read("headers", ValueParsers.TIMER, headers(first))),
                first,
                within(total, "total", section, "idle", section.read("idle", ValueParsers.TIMER, timeouts.idle())),
                total);
    }

    /**
     * As long as the first token may take, unless somebody has said less: many a server sends its headers only together
     * with it, and who grants a model more time shall not have to know.
     */
    private Duration headers(Duration firstToken) {
        return timeouts.headers().equals(timeouts.firstToken()) ? firstToken : timeouts.headers();
    }

    private RetrySettings retry(YamlSection section) {
        section.only("attempts", "base-delay", "max-delay", "max-retry-after");
        Duration longest =
                section.read("max-delay", ValueParsers.DELAY, unlessWritten(section, "max-delay", retry.maxDelay()));
        return new RetrySettings(
                section.read("attempts", ValueParsers.whole(0, 10), retry.attempts()),
                within(
                        longest,
                        "max-delay",
                        section,
                        "base-delay",
                        section.read("base-delay", ValueParsers.DELAY, retry.baseDelay())),
                longest,
                section.read("max-retry-after", ValueParsers.DELAY, retry.maxRetryAfter()));
    }

    private CircuitBreakerSettings breaker(YamlSection section) {
        section.only("failures", "cooldown", "rate");
        OptionalInt rate = section.find("rate")
                .flatMap(value -> value.parse(ValueParsers.whole(1, 100)))
                .map(OptionalInt::of)
                .orElse(breaker.rate());
        return new CircuitBreakerSettings(
                section.read("failures", ValueParsers.whole(1, 1000), breaker.failures()),
                section.read("cooldown", ValueParsers.TIMER, breaker.cooldown()),
                rate);
    }

    /** A limit that is written down but cannot be read is one problem, and shall not make others. */
    private static Duration unlessWritten(YamlSection section, String key, Duration otherwise) {
        return section.find(key).isPresent() ? ValueParsers.LONGEST : otherwise;
    }

    /** The value, cut to its limit; reported when the operator wrote down more than can ever be used. */
    private static Duration within(Duration limit, String limitKey, YamlSection section, String key, Duration value) {
        if (value.compareTo(limit) <= 0) {
            return value;
        }
        section.find(key)
                .ifPresent(written -> written.problem(
                        "is longer than " + limitKey + ", so it can never be reached",
                        "Lower it, or raise " + limitKey));
        return limit;
    }
}
