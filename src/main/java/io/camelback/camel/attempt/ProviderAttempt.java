package io.camelback.camel.attempt;

import io.camelback.attempt.AttemptResult;
import io.camelback.camel.request.ExhaustionErrorMapper;
import io.camelback.camel.request.FaultLog;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.ChatStream;
import io.camelback.config.Deployment;
import io.camelback.config.LimitSettings;
import io.camelback.config.TimeoutSettings;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.failure.FailureKind;
import io.camelback.failure.GatewayFault;
import io.camelback.failure.ProviderException;
import io.camelback.resilience.DeploymentStats;
import io.camelback.resilience.GatewayRuntime;
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
public final class ProviderAttempt extends SynchronizationAdapter implements ResendPolicy {
    public static final String VARIABLE = "camelbackAttempt";

    private final RequestContext context;
    private final Deployment deployment;
    private final GatewayRuntime runtime;
    private final UpstreamCall upstream;
    private final UpstreamFailureMapper failureMapper;
    private final ReservationHandle reservation;
    private final AttemptUsage usage;
    private final AnswerBounds bounds;
    private final HealthFeedback healthFeedback;
    private final AttemptRecorder recorder;
    private final AtomicBoolean finished = new AtomicBoolean();
    private final RequestTranslation translation = new RequestTranslation();
    private final AttemptTries tries;
    private boolean committed;

    public ProviderAttempt(
            RequestContext context,
            Deployment deployment,
            boolean streamed,
            AttemptDeadline share,
            GatewayRuntime runtime,
            ReservationHandle reservation,
            BillingTerms terms,
            LimitSettings limits) {
        this.context = context;
        this.deployment = deployment;
        this.runtime = runtime;
        this.reservation = reservation;
        this.usage = new AttemptUsage(context, terms);
        this.bounds = new AnswerBounds(
                limits, context.lifecycle().leases().add(runtime.memory().lease()));
        this.healthFeedback = new HealthFeedback(deployment, runtime);
        CallTimers timers = timers(deployment.timeouts());
        this.upstream = new UpstreamCall(
                deployment.provider().headers(),
                streamed ? timers : timers.unstreamed(),
                share,
                this,
                runtime.alarms(),
                runtime.nanoTime());
        this.failureMapper = new UpstreamFailureMapper(upstream, runtime.clock(), () -> !translation.isOriginal());
        this.recorder = new AttemptRecorder(context, deployment, upstream);
        this.tries = new AttemptTries(deployment, runtime, upstream, recorder, usage, translation, context::elapsed);
        context.lifecycle().running(upstream);
    }

    private static CallTimers timers(TimeoutSettings of) {
        return new CallTimers(of.connect(), of.tls(), of.headers(), of.firstToken(), of.idle(), of.total());
    }

    public static ProviderAttempt of(Exchange exchange) {
        return exchange.getVariable(VARIABLE, ProviderAttempt.class);
    }

    public RequestContext context() {
        return context;
    }

    public Deployment deployment() {
        return deployment;
    }

    public UpstreamCall upstream() {
        return upstream;
    }

    /** The request is written: from now on a failure is the provider's. */
    public void sending() {
        tries.begin();
    }

    /** What was changed in the request for this deployment. */
    public RequestTranslation translation() {
        return translation;
    }

    @Override
    public Duration after(ResendPolicy.Outcome outcome) {
        return tries.next(failureMapper.of(outcome));
    }

    /** The failure of the last response with an error status; of a call that was aborted since then, the abort. */
    public ProviderException refused() {
        return upstream.aborted() != null ? UpstreamFailureMapper.of(upstream.aborted()) : tries.lastFailure();
    }

    @Override
    public RuntimeException onGiveUp(IOException failure) {
        return fail(failureMapper.of(failure));
    }

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
                tries.isSent()
                        ? AttemptResult.failed(deployment.name(), failure, tries.elapsed())
                                .metering(tries.metering(failure))
                        : AttemptResult.unsuitable(
                                deployment.name(), AttemptSkippedException.Reason.INCAPABLE, failure));
        healthFeedback.coolDown(failure);
        TlsTrustWarning.warn(deployment, failure);
        if (failure.kind().terminal()) {
            context.lifecycle().end();
        }
        recordHealth(failure);
    }

    /** The gateway itself has failed while it read this answer. @return the failure, to be thrown or to be told */
    public ProviderException failInside(Throwable fault) {
        if (fault instanceof RuntimeException && upstream.aborted() != null) {
            // An abort takes the connection away from under whoever uses it.
            return fail(UpstreamFailureMapper.of(upstream.aborted()));
        }
        FaultLog.tell(context.id(), fault);
        return abort(fault);
    }

    /** The same for a fault that the log knows already. */
    public ProviderException abort(Throwable fault) {
        tries.markSent();
        return fail(GatewayFault.of(fault));
    }

    /**
     * The turn has come to its good end. The answer is whole then: what fails in noting that is told to the operator
     * only.
     */
    public void succeed() {
        if (finished.compareAndSet(false, true)) {
            try {
                AttemptResult done = context.sent() == null
                        ? AttemptResult.answered(deployment.name(), tries.elapsed())
                        : AttemptResult.continued(deployment.name(), tries.elapsed());
                recorder.add(done.metering(tries.metering(null)));
                recordHealth(null);
                upstream.finished();
            } catch (RuntimeException | Error fault) {
                FaultLog.tell(context.id(), fault);
            } finally {
                release(DeploymentStats.Ending.ANSWERED);
            }
        }
    }

    /** One whose total time ran out while content came is a slow call, and no failure (docs/failures.md T06). */
    private void recordHealth(ProviderException failure) {
        boolean slow = upstream.aborted() == AbortReason.TOTAL;
        if (committed || slow) {
            healthFeedback.judge(slow ? null : failure, tries.elapsed());
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
            FaultLog.tell(context.id(), fault);
        } finally {
            tries.releaseRetry();
            runtime.inFlight().release(deployment.name());
            try {
                upstream.close();
            } finally {
                tries.end(ending);
            }
        }
    }

    /** What is made of the stream that the provider sends. */
    public ProviderStream.Owner streamOwner() {
        return new AttemptStreamOwner(this);
    }

    /** What the provider's failures mean. */
    public UpstreamFailureMapper failureMapper() {
        return failureMapper;
    }

    /** What is noted of this attempt. */
    public AttemptRecorder recorder() {
        return recorder;
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

    /** Whether it is over, whatever came of it. */
    boolean isFinished() {
        return finished.get();
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
        tries.onContent();
    }

    /** What it delivers, and what that takes. */
    public AttemptUsage usage() {
        return usage;
    }

    /** What it keeps of its answer. */
    public AnswerBounds bounds() {
        return bounds;
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
