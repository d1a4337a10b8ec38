package io.camelback.camel.attempt;

import io.camelback.attempt.AttemptMetering;
import io.camelback.attempt.AttemptResult;
import io.camelback.config.Deployment;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import io.camelback.resilience.DeploymentStats;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.resilience.RetryPolicy;
import io.camelback.upstream.UpstreamCall;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The times that one attempt sends its request: when each began, what the statistics are told of it, and whether there
 * is another one.
 */
final class AttemptTries {
    private final Deployment deployment;
    private final GatewayRuntime runtime;
    private final RetryPolicy policy;
    private final UpstreamCall upstream;
    private final AttemptRecorder recorder;
    private final AttemptUsage usage;
    private final RequestTranslation translation;
    private final Supplier<Duration> requestElapsed;
    private Duration startedAfter;
    private long startedAt;
    private boolean sent;
    private int resends;
    private boolean holdsRetry;
    private DeploymentStats.AttemptTimer timer;
    private ProviderException lastFailure;

    /** @param requestElapsed how long ago the request began */
    AttemptTries(
            Deployment deployment,
            GatewayRuntime runtime,
            UpstreamCall upstream,
            AttemptRecorder recorder,
            AttemptUsage usage,
            RequestTranslation translation,
            Supplier<Duration> requestElapsed) {
        this.deployment = deployment;
        this.runtime = runtime;
        this.policy = new RetryPolicy(
                deployment.retry().attempts(),
                deployment.retry().baseDelay(),
                deployment.retry().maxDelay(),
                deployment.retry().maxRetryAfter());
        this.upstream = upstream;
        this.recorder = recorder;
        this.usage = usage;
        this.translation = translation;
        this.requestElapsed = requestElapsed;
        this.startedAt = runtime.nanoTime().getAsLong();
        this.startedAfter = requestElapsed.get();
    }

    /** The request is written, and its first try begins. */
    void begin() {
        sent = true;
        timer = runtime.stats().of(deployment.name()).begin();
    }

    /** Whether a failure is one of the provider's, or else one before the request was sent. */
    boolean isSent() {
        return sent;
    }

    /** From now on a failure counts as one of an attempt, wherever it happens. */
    void markSent() {
        sent = true;
    }

    /**
     * A try has failed, and another one begins if there is to be one.
     *
     * @return how long it waits; null when there is none
     */
    Duration next(ProviderException failure) {
        boolean mended = adaptRequest(failure);
        Duration wait = mended
                ? Duration.ZERO
                : policy.delay(failure, resends + 1, false, runtime.random()).orElse(null);
        lastFailure = failure;
        if (wait == null || wait.compareTo(upstream.left()) >= 0 || !mended && !mayRetry()) {
            return null;
        }
        resends += mended ? 0 : 1;
        timer.end(HealthFeedback.ending(failure));
        timer = runtime.stats().of(deployment.name()).begin(wait);
        recorder.add(AttemptResult.failed(deployment.name(), failure, elapsed()).metering(metering(failure)));
        recorder.onRetry();
        startedAfter = requestElapsed.get().plus(wait);
        startedAt = runtime.nanoTime().getAsLong() + wait.toNanos();
        return wait;
    }

    /** An attempt that is sent again counts once against the retry budget, however often it is. */
    private boolean mayRetry() {
        holdsRetry = holdsRetry || runtime.inFlight().acquireRetry(deployment.name());
        return holdsRetry;
    }

    /** Stale thinking is left out, once; without it the same model answers. @return whether there was any */
    private boolean adaptRequest(ProviderException failure) {
        if (failure.kind() != FailureKind.STALE_THINKING) {
            return false;
        }
        byte[] body = translation.withoutThinking();
        if (body != null) {
            upstream.replaceBody(body);
        }
        return body != null;
    }

    /** The failure of the last try that brought an error; null when none has. */
    ProviderException lastFailure() {
        return lastFailure;
    }

    /** The first content, or more of it, has come. */
    void onContent() {
        if (usage.onContent(elapsed())) {
            timer.content();
        }
    }

    /** How long the try has taken so far. */
    Duration elapsed() {
        return Duration.ofNanos(Math.max(0, runtime.nanoTime().getAsLong() - startedAt));
    }

    /** @param failure null for an answer */
    AttemptMetering metering(ProviderException failure) {
        return usage.metering(startedAfter, failure, upstream.aborted() != null);
    }

    /** The attempt is over, and its place among the retries is free. */
    void releaseRetry() {
        if (holdsRetry) {
            runtime.inFlight().releaseRetry(deployment.name());
        }
    }

    /** The last try is over. */
    void end(DeploymentStats.Ending ending) {
        if (timer != null) {
            timer.end(ending);
        }
    }
}
