package io.camelback.telemetry.metrics;

import io.camelback.attempt.AttemptMetering;
import io.camelback.attempt.AttemptResult;
import io.camelback.chat.Usage;
import io.camelback.config.Deployment;
import io.camelback.telemetry.record.ActiveRevision;
import io.camelback.telemetry.record.FallbackStep;
import io.camelback.telemetry.record.MetricTags;
import io.camelback.telemetry.record.OutcomeCode;
import io.camelback.telemetry.record.RequestOutcome;
import io.camelback.telemetry.record.RequestRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Metrics of requests and attempts. OpenTelemetry's names for generative AI where they have one (docs/wire-formats.md
 * 8: their version 1.41, with three more buckets for models that think for minutes), {@code camelback.*} for the rest.
 * Whatever is a label comes from the configuration or from a fixed set, so no caller can make a series.
 */
public final class RequestMetrics {
    private static final double[] TOKENS = {
        1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864
    };
    private static final Duration[] SECONDS = buckets(
            0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68,
            655.36);
    private static final Duration[] PER_TOKEN =
            buckets(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5);
    private static final Duration[] FIRST_TOKEN =
            buckets(0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

    private final MeterRegistry registry;
    private final Map<Series, Object> series = new ConcurrentHashMap<>();

    private record Series(String name, Tags tags) {}

    public RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private static Duration[] buckets(double... seconds) {
        Duration[] all = new Duration[seconds.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = Duration.ofNanos(Math.round(seconds[i] * 1e9));
        }
        return all;
    }

    public void done(RequestOutcome judged, ActiveRevision serving) {
        RequestRecord entry = judged.entry();
        String chain = chain(entry, serving);
        count(
                "camelback.requests",
                "Requests by outcome",
                Tags.of("chain", chain, "result", judged.result().word()));
        count(
                "camelback.layer.requests",
                "Requests by the tier that answered and how hard they were, from 0 to 10",
                Tags.of("tier", judged.tier(), "complexity", MetricTags.band(entry.complexity())));
        if (entry.degraded() != null) {
            count(
                    "camelback.degraded",
                    "Answers below what was asked for",
                    Tags.of("chain", chain, "level", entry.degraded()));
        }
        for (FallbackStep step : judged.fallbacks()) {
            count(
                    "camelback.fallbacks",
                    "Fallbacks to the next link of a chain",
                    Tags.of("chain", chain, "from", step.from(), "to", step.to(), "reason", step.reason()));
        }
        if (judged.extraCost() != 0) {
            count(
                    "camelback.cost.differential.microdollars",
                    "What answers by another than the first link cost more, or less",
                    Tags.of("chain", chain, "direction", judged.extraCost() > 0 ? "more" : "less"),
                    Math.abs(judged.extraCost()));
        }
        server(judged);
        for (AttemptResult turn : entry.attempts()) {
            serving.config()
                    .deployment(turn.deployment())
                    .ifPresent(deployment -> turn(turn, deployment, chain, entry.streamed()));
        }
        if (judged.result() == RequestOutcome.Result.BROKEN && judged.answering() != null) {
            count(
                    "camelback.stream.breaks",
                    "Streams that broke off after they had begun",
                    Tags.of("deployment", judged.answering().name()));
        }
    }

    public void refused(int status) {
        count("camelback.refused", "Requests that could not be read", Tags.of("status", String.valueOf(status)));
    }

    private static String chain(RequestRecord entry, ActiveRevision serving) {
        boolean known = entry.chain() != null
                && (serving.chains().containsKey(entry.chain())
                        || serving.config().deployments().containsKey(entry.chain()));
        return known ? entry.chain() : MetricTags.OTHER;
    }

    /** The gateway as the server that its callers see. */
    private void server(RequestOutcome judged) {
        Deployment answering = judged.answering();
        if (answering == null) {
            return;
        }
        RequestRecord entry = judged.entry();
        Tags tags = model(answering);
        time(
                "gen_ai.server.request.duration",
                "From a request to the last byte of its answer",
                SECONDS,
                judged.isSuccess()
                        ? tags
                        : tags.and("error.type", judged.result().word()),
                entry.took());
        AttemptResult turn = entry.answering().orElse(null);
        if (turn == null || !judged.isSuccess() || turn.metering().firstToken() == null) {
            return;
        }
        AttemptMetering metered = turn.metering();
        if (metered.startedAfter() != null) {
            time(
                    "gen_ai.server.time_to_first_token",
                    "From a request to the first token of its answer",
                    FIRST_TOKEN,
                    tags,
                    metered.startedAfter().plus(metered.firstToken()));
        }
        if (entry.streamed() && metered.usage() != null && metered.usage().output() > 1) {
            time(
                    "gen_ai.server.time_per_output_token",
                    "Between two tokens after the first",
                    PER_TOKEN,
                    tags,
                    turn.duration()
                            .minus(metered.firstToken())
                            .dividedBy(metered.usage().output() - 1));
        }
    }

    /** The gateway as the client of a provider. */
    private void turn(AttemptResult turn, Deployment deployment, String chain, boolean streamed) {
        String reason = OutcomeCode.of(turn);
        count(
                "camelback.attempts",
                "Attempts by outcome",
                Tags.of(
                        "deployment",
                        deployment.name(),
                        "outcome",
                        turn.outcome().name().toLowerCase(java.util.Locale.ROOT),
                        "reason",
                        reason));
        if (turn.outcome() == AttemptResult.Outcome.SKIPPED) {
            return;
        }
        if (turn.has(AttemptResult.Mark.SOFT_ERROR)) {
            count(
                    "camelback.soft.errors",
                    "Errors, pages and empty answers with status 200",
                    Tags.of("deployment", deployment.name(), "reason", reason));
        }
        if (turn.has(AttemptResult.Mark.TRAILING)) {
            count(
                    "camelback.stream.trailing",
                    "Streams in which more came after the end",
                    Tags.of("deployment", deployment.name()));
        }
        if (turn.has(AttemptResult.Mark.UNJUDGED)) {
            count(
                    "camelback.quality.unjudged",
                    "Answers that could not be checked",
                    Tags.of("deployment", deployment.name(), "chain", chain));
        }
        Tags tags = model(deployment);
        time(
                "gen_ai.client.operation.duration",
                "Duration of an attempt",
                SECONDS,
                reason.equals(OutcomeCode.OK) ? tags : tags.and("error.type", reason),
                turn.duration());
        AttemptMetering metered = turn.metering();
        if (streamed && metered.firstToken() != null) {
            time(
                    "gen_ai.client.operation.time_to_first_chunk",
                    "From the start of an attempt to its first content",
                    SECONDS,
                    tags,
                    metered.firstToken());
        }
        used(metered, deployment, chain, tags);
    }

    private void used(AttemptMetering metered, Deployment deployment, String chain, Tags tags) {
        Usage usage = metered.usage();
        if (usage != null) {
            tokens(tags.and("gen_ai.token.type", "input"), usage.input());
            tokens(tags.and("gen_ai.token.type", "output"), usage.output());
        }
        Tags ours = Tags.of("deployment", deployment.name(), "chain", chain);
        if (metered.microDollars() == null) {
            count("camelback.cost.unknown", "Attempts without a known price", Tags.of("deployment", deployment.name()));
        } else if (metered.microDollars() > 0) {
            count(
                    "camelback.cost.microdollars",
                    "Cost of attempts, in millionths of a dollar",
                    ours,
                    metered.microDollars());
        }
    }

    /** A label that is there only at times would not do for Prometheus. */
    private static Tags model(Deployment deployment) {
        return Tags.of(
                "gen_ai.operation.name",
                MetricTags.operation(deployment),
                "gen_ai.provider.name",
                MetricTags.provider(deployment),
                "gen_ai.request.model",
                deployment.model(),
                "camelback.deployment",
                deployment.name(),
                "error.type",
                "");
    }

    public void count(String name, String help, Tags tags) {
        count(name, help, tags, 1);
    }

    private void count(String name, String help, Tags tags, double amount) {
        meter(
                        name,
                        tags,
                        () -> Counter.builder(name).description(help).tags(tags).register(registry))
                .increment(amount);
    }

    private void time(String name, String help, Duration[] buckets, Tags tags, Duration took) {
        meter(
                        name,
                        tags,
                        () -> Timer.builder(name)
                                .description(help)
                                .tags(tags)
                                .serviceLevelObjectives(buckets)
                                .register(registry))
                .record(took.isNegative() ? Duration.ZERO : took);
    }

    private void tokens(Tags tags, long count) {
        String name = "gen_ai.client.token.usage";
        meter(
                        name,
                        tags,
                        () -> DistributionSummary.builder(name)
                                .description("Tokens read and written")
                                .tags(tags)
                                .serviceLevelObjectives(TOKENS)
                                .register(registry))
                .record(count);
    }

    /** Micrometer finds a meter only by building it again; this is quicker. */
    @SuppressWarnings("unchecked")
    private <T> T meter(String name, Tags tags, Supplier<T> make) {
        return (T) series.computeIfAbsent(new Series(name, tags), key -> make.get());
    }
}
