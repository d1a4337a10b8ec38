package io.camelback.camel.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.attempt.AttemptMetering;
import io.camelback.attempt.AttemptResult;
import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.config.Deployment;
import io.camelback.config.LimitSettings;
import io.camelback.config.TimeoutSettings;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.failure.FailureKind;
import io.camelback.failure.GatewayFault;
import io.camelback.failure.ProviderException;
import io.camelback.resilience.DeploymentStats;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.resilience.RetryPolicy;
import io.camelback.stream.ProviderStream;
import io.camelback.upstream.AbortReason;
import io.camelback.upstream.AttemptDeadline;
import io.camelback.upstream.CallTimers;
import io.camelback.upstream.ResendPolicy;
import io.camelback.upstream.UpstreamCall;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * A deployment's turn while it lasts: from admission to the last byte of its answer. It decides what every failure
 * means and whether to send again. However the turn ends, it is over once: noted, judged and paid for.
 */
public final class ProviderAttempt extends SynchronizationAdapter implements ResendPolicy, ProviderStream.Owner {
    public static final String VARIABLE = "camelbackAttempt";

    private final RequestContext call;
    private final Deployment deployment;
    private final GatewayRuntime runtime;
    private final RetryPolicy retries;
    private final UpstreamCall upstream;
    private final UpstreamFailureMapper failureMapper;
    private final ReservationHandle reservation;
    private final AttemptUsage usage;
    private final AnswerBounds bounds;
    private final HealthFeedback healthFeedback;
    private final AttemptRecorder recorder;
    private final AtomicBoolean finished = new AtomicBoolean();
    private boolean sent;
    private final RequestTranslation translation = new RequestTranslation();
    private Duration startedAfter;
    private boolean committed;
    private int tries;
    private boolean again;
    private long tryStartedAt;
    private DeploymentStats.AttemptTimer turn;
    private ProviderException refused;

    public ProviderAttempt(
            RequestContext call,
            Deployment deployment,
            boolean streamed,
            AttemptDeadline share,
            GatewayRuntime runtime,
            ReservationHandle reservation,
            LimitSettings limits) {
        this.call = call;
        this.deployment = deployment;
        this.runtime = runtime;
        this.reservation = reservation;
        this.usage = new AttemptUsage(call, deployment);
        this.bounds =
                new AnswerBounds(limits, call.leases().add(runtime.memory().lease()));
        this.healthFeedback = new HealthFeedback(deployment, runtime);
        this.retries = new RetryPolicy(
                deployment.retry().attempts(),
                deployment.retry().baseDelay(),
                deployment.retry().maxDelay(),
                deployment.retry().maxRetryAfter());
        CallTimers timers = timers(deployment.timeouts());
        this.upstream = new UpstreamCall(
                deployment.provider().headers(),
                streamed ? timers : timers.unstreamed(),
                share,
                this,
                runtime.alarms(),
                runtime.nanoTime());
        this.failureMapper = new UpstreamFailureMapper(upstream, runtime.clock(), () -> !translation.isOriginal());
        this.tryStartedAt = runtime.nanoTime().getAsLong();
        this.startedAfter = call.elapsed();
        this.recorder = new AttemptRecorder(call, deployment, upstream);
        call.running(upstream);
    }

    private static CallTimers timers(TimeoutSettings of) {
        return new CallTimers(of.connect(), of.tls(), of.headers(), of.firstToken(), of.idle(), of.total());
    }

    public static ProviderAttempt of(Exchange exchange) {
        return exchange.getVariable(VARIABLE, ProviderAttempt.class);
    }

    public RequestContext call() {
        return call;
    }

    public Deployment deployment() {
        return deployment;
    }

    public UpstreamCall upstream() {
        return upstream;
    }

    /** The request is written: from now on a failure is the provider's. */
    public void sending() {
        sent = true;
        turn = runtime.stats().of(deployment.name()).begin();
    }

    /** What was changed in the request for this deployment. */
    public RequestTranslation translation() {
        return translation;
    }

    @Override
    public ObjectNode received(ObjectNode body) {
        return translation.received(body);
    }

    // What failures mean

    @Override
    public Duration after(ResendPolicy.Outcome outcome) {
        ProviderException failure = failureMapper.of(outcome);
        boolean mended = adaptRequest(failure);
        Duration wait = mended
                ? Duration.ZERO
                : retries.delay(failure, tries + 1, false, runtime.random()).orElse(null);
        refused = failure;
        if (wait == null || wait.compareTo(upstream.left()) >= 0 || !mended && !mayRetry()) {
            return null;
        }
        tries += mended ? 0 : 1;
        turn.end(HealthFeedback.ending(failure));
        turn = runtime.stats().of(deployment.name()).begin(wait);
        recorder.add(AttemptResult.failed(deployment.name(), failure, elapsed()).metering(metering(failure)));
        recorder.onRetry();
        startedAfter = call.elapsed().plus(wait);
        tryStartedAt = runtime.nanoTime().getAsLong() + wait.toNanos();
        return wait;
    }

    /** A turn that is sent again counts once against the retry budget, however often it is. */
    private boolean mayRetry() {
        again = again || runtime.inFlight().acquireRetry(deployment.name());
        return again;
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

    /** What the last response that was no answer means; of a call that was aborted since then, the abort. */
    public ProviderException refused() {
        return upstream.aborted() != null ? UpstreamFailureMapper.of(upstream.aborted()) : refused;
    }

    @Override
    public RuntimeException onGiveUp(IOException failure) {
        return fail(failureMapper.of(failure));
    }

    @Override
    public ProviderException inStreamError(JsonNode error) {
        return failureMapper.of(error);
    }

    @Override
    public ProviderException connectionBroken(IOException failure) {
        return failureMapper.of(failure);
    }

    @Override
    public void trailing() {
        recorder.trailing();
    }

    // How it ends

    /** The turn has failed. @return the failure, to be thrown or to be told */
    public ProviderException fail(ProviderException failure) {
        if (finished.compareAndSet(false, true)) {
            try {
                note(failure);
            } finally {
                if (failure.kind() != FailureKind.QUALITY) {
                    // One below the floor may still be given, for want of a better one.
                    bounds.lease().close();
                }
                release(HealthFeedback.ending(failure));
            }
        }
        return failure;
    }

    private void note(ProviderException failure) {
        recorder.add(
                sent
                        ? AttemptResult.failed(deployment.name(), failure, elapsed())
                                .metering(metering(failure))
                        : AttemptResult.unsuitable(
                                deployment.name(), AttemptSkippedException.Reason.INCAPABLE, failure));
        healthFeedback.coolDown(failure);
        TlsTrustWarning.warn(deployment, failure);
        if (failure.kind().terminal()) {
            call.end();
        }
        recordHealth(failure);
    }

    /** The gateway itself has failed while it read this answer. @return the failure, to be thrown or to be told */
    public ProviderException failInside(Throwable fault) {
        if (fault instanceof RuntimeException && upstream.aborted() != null) {
            // An abort takes the connection away from under whoever uses it.
            return fail(UpstreamFailureMapper.of(upstream.aborted()));
        }
        FaultLog.tell(call.id(), fault);
        return abort(fault);
    }

    /** The same for a fault that the log knows already. */
    public ProviderException abort(Throwable fault) {
        sent = true;
        return fail(GatewayFault.of(fault));
    }

    /**
     * The turn has come to its good end. The answer is whole then: what fails in noting that is told to the operator
     * only.
     */
    public void succeed() {
        if (finished.compareAndSet(false, true)) {
            try {
                AttemptResult done = call.sent() == null
                        ? AttemptResult.answered(deployment.name(), elapsed())
                        : AttemptResult.continued(deployment.name(), elapsed());
                recorder.add(done.metering(metering(null)));
                recordHealth(null);
                upstream.finished();
            } catch (RuntimeException | Error fault) {
                FaultLog.tell(call.id(), fault);
            } finally {
                release(DeploymentStats.Ending.ANSWERED);
            }
        }
    }

    /** One whose total time ran out while content came is a slow call, and no failure (docs/failures.md T06). */
    private void recordHealth(ProviderException failure) {
        boolean slow = upstream.aborted() == AbortReason.TOTAL;
        if (committed || slow) {
            healthFeedback.judge(slow ? null : failure, elapsed());
        }
    }

    /** The status is 200. */
    public void onResponseHeaders() {
        recorder.goodStatus();
        healthFeedback.limits(upstream.relayed()::get);
    }

    /**
     * Gives back all that the turn holds. A bill that fails changes nothing of that, nor of what the caller is told.
     */
    private void release(DeploymentStats.Ending ending) {
        try {
            reservation.settle(recorder.attempts());
        } catch (RuntimeException | Error fault) {
            FaultLog.tell(call.id(), fault);
        } finally {
            if (again) {
                runtime.inFlight().releaseRetry(deployment.name());
            }
            runtime.inFlight().release(deployment.name());
            try {
                upstream.close();
            } finally {
                if (turn != null) {
                    turn.end(ending);
                }
            }
        }
    }

    public AttemptRecorder recorder() {
        return recorder;
    }

    private Duration elapsed() {
        return Duration.ofNanos(Math.max(0, runtime.nanoTime().getAsLong() - tryStartedAt));
    }

    /** The block ended without an answer that lives on: whatever the reason, the turn is over. */
    @Override
    public void onDone(Exchange exchange) {
        Exception thrown = exchange.getException();
        if (finished.get() || committed && thrown == null) {
            return;
        }
        ProviderException failure = thrown == null ? null : failureMapper.of((Throwable) thrown);
        if (failure != null) {
            fail(failure);
        } else if (thrown == null || ExhaustionErrorMapper.exhausts(thrown)) {
            abort(new IllegalStateException("the Kamelet ended without an answer"));
        } else {
            failInside(thrown.getCause() instanceof Error error ? error : thrown);
        }
    }

    // The stream's owner

    @Override
    public void onChunk(StreamChunk chunk) {
        bounds.seen(chunk);
        if (chunk.hasProgress()) {
            onFirstToken();
        }
        if (usage.onChunk(chunk)) {
            upstream.finishing();
        }
    }

    /**
     * The caller has left a stream. Where the model had finished, only the count of what was used may be missing, and
     * the caller is to pay what it used rather than what we guess: the stream is read on until it comes, or until the
     * call is aborted, in a quarter of a second.
     */
    void onClientDisconnect(ChatStream stream) {
        if (finished.get()) {
            return;
        }
        upstream.cancel();
        try {
            while (usage.isUsageMissing() && stream.next() != null) {
                continue;
            }
        } catch (ProviderException aborted) {
            fail(aborted);
        }
        AbortReason before = upstream.aborted();
        fail(UpstreamFailureMapper.of(before == AbortReason.SHUTTING_DOWN ? before : AbortReason.CANCELLED));
    }

    /**
     * The first content is here, or more of it.
     *
     * @throws ProviderException when it came too late: the call had been aborted already
     */
    public void onFirstToken() {
        if (!upstream.progress()) {
            throw UpstreamFailureMapper.of(upstream.aborted());
        }
        if (usage.onContent(elapsed())) {
            turn.content();
        }
    }

    /** What it delivers, and what that takes. */
    public AttemptUsage usage() {
        return usage;
    }

    /** What it keeps of its answer. */
    public AnswerBounds bounds() {
        return bounds;
    }

    private AttemptMetering metering(ProviderException failure) {
        return usage.metering(startedAfter, failure, upstream.aborted() != null);
    }

    @Override
    public void close() {
        upstream.close();
    }

    /** A stream that has come to its good end before the caller's side gets any of it: this turn is over. */
    public ChatStream complete(ChatStream stream) {
        committed = true;
        succeed();
        return stream;
    }

    /** The stream as the caller's side gets it: it outlives the breaker's block, and its end is this turn's end. */
    public ChatStream commit(ChatStream stream) {
        committed = true;
        upstream.lease();
        return new CommittedChatStream(stream, this);
    }
}
