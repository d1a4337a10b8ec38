package io.camelback.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.config.Deployment;
import io.camelback.failure.FailureClassifier;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderErrorReader;
import io.camelback.failure.ProviderFailure;
import io.camelback.http.CallTimers;
import io.camelback.http.UpstreamCall;
import io.camelback.resilience.RetryPolicy;
import io.camelback.resilience.Vitals;
import io.camelback.routing.Attempt;
import io.camelback.stream.ProviderStream;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * A deployment's turn while it lasts: from admission to the last byte of its answer. It decides what every failure means,
 * whether to send again, and what becomes parked, and it writes all of that into the {@linkplain Call#trail() trail}.
 * However the turn ends, it is over once.
 */
final class LiveAttempt extends SynchronizationAdapter implements UpstreamCall.Resend, ProviderStream.Owner {
    static final String VARIABLE = "camelbackAttempt";

    private final Call call;
    private final Deployment deployment;
    private final Vitals vitals;
    private final RetryPolicy retries;
    private final UpstreamCall upstream;
    private final AtomicBoolean over = new AtomicBoolean();
    private boolean translated;
    private boolean committed;
    private int tries;
    private long tryStartedAt;
    private ProviderFailure refused;

    LiveAttempt(Call call, Deployment deployment, boolean streamed, Vitals vitals) {
        this.call = call;
        this.deployment = deployment;
        this.vitals = vitals;
        this.retries = new RetryPolicy(deployment.retry().attempts(), deployment.retry().baseDelay(),
                deployment.retry().maxDelay(), deployment.retry().patience());
        // A provider that does not stream sends nothing until it is done: only the total timer can apply.
        Duration firstToken = streamed ? deployment.timeouts().firstToken() : deployment.timeouts().total();
        CallTimers timers = new CallTimers(firstToken, deployment.timeouts().idle(), deployment.timeouts().total());
        this.upstream = new UpstreamCall(timers, call.left(), this, vitals.alarms(), vitals.nanoTime());
        this.tryStartedAt = vitals.nanoTime().getAsLong();
        call.running(upstream);
    }

    static LiveAttempt of(Exchange exchange) {
        return exchange.getVariable(VARIABLE, LiveAttempt.class);
    }

    Call call() {
        return call;
    }

    Deployment deployment() {
        return deployment;
    }

    UpstreamCall upstream() {
        return upstream;
    }

    /** The request went out in another dialect than it came in: a provider's objection may then be to our words. */
    void translated() {
        translated = true;
    }

    boolean isTranslated() {
        return translated;
    }

    // What failures mean

    @Override
    public Duration after(UpstreamCall.Try outcome) {
        ProviderFailure failure = outcome.failure() != null ? broken(outcome.failure()) : refusal(outcome);
        Duration wait = retries.delay(failure, tries + 1, false, vitals.random()).orElse(null);
        refused = failure;
        Duration left = call.left();
        if (wait == null || left != null && wait.compareTo(left) >= 0) {
            return null;
        }
        tries++;
        call.trail().add(Attempt.failed(deployment.name(), failure, took()));
        tryStartedAt = vitals.nanoTime().getAsLong() + wait.toNanos();
        return wait;
    }

    /** What the last response that was no answer means; of a call that was aborted since then, the abort. */
    ProviderFailure refused() {
        UpstreamCall.Abort abort = upstream.aborted();
        return abort != null ? aborted(abort) : refused;
    }

    @Override
    public RuntimeException gaveUp(IOException failure) {
        return fail(broken(failure));
    }

    private ProviderFailure refusal(UpstreamCall.Try outcome) {
        return FailureClassifier.classify(outcome.status(), outcome.headers(), ProviderErrorReader.read(outcome.body()), translated,
                vitals.clock().instant());
    }

    @Override
    public ProviderFailure inBand(JsonNode error) {
        return FailureClassifier.inBand(ProviderErrorReader.read(error), translated, vitals.clock().instant());
    }

    @Override
    public ProviderFailure broken(IOException failure) {
        UpstreamCall.Abort abort = upstream.aborted();
        if (abort != null) {
            return aborted(abort);
        }
        return FailureClassifier.ofException(failure)
                .orElseGet(() -> ProviderFailure.of(FailureKind.TRANSPORT, "the connection broke"));
    }

    private static ProviderFailure aborted(UpstreamCall.Abort abort) {
        switch (abort) {
            case CANCELLED:
                return new ProviderFailure(FailureKind.CANCELLED, 0, "cancelled", "the caller left", null);
            case CLIENT_DEADLINE:
                return new ProviderFailure(FailureKind.CLIENT_DEADLINE, 0, "client_deadline", "the caller's time ran out", null);
            case FIRST_TOKEN:
                return new ProviderFailure(FailureKind.TIMEOUT, 0, "first_token_timeout", "no first token in time", null);
            case IDLE:
                return new ProviderFailure(FailureKind.TIMEOUT, 0, "stream_stalled", "the stream stalled", null);
            default:
                return new ProviderFailure(FailureKind.TIMEOUT, 0, "deadline_exceeded", "the answer took too long", null);
        }
    }

    /** What an exception of any kind means for this attempt. */
    ProviderFailure meaning(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProviderFailure failure) {
                return failure;
            }
        }
        UpstreamCall.Abort abort = upstream.aborted();
        return abort != null ? aborted(abort) : FailureClassifier.ofException(thrown).orElse(null);
    }

    // How it ends

    /** The turn has failed. @return the failure, to be thrown or to be told */
    ProviderFailure fail(ProviderFailure failure) {
        if (over.compareAndSet(false, true)) {
            call.trail().add(Attempt.failed(deployment.name(), failure, took()));
            park(failure);
            if (failure.kind().terminal()) {
                call.end();
            }
            judge(failure);
            release();
        }
        return failure;
    }

    private void park(ProviderFailure failure) {
        String name = switch (failure.kind().parks()) {
            case KEY -> keyOf(deployment);
            case DEPLOYMENT -> deployment.name();
            case NOTHING -> failure.kind().counted() && failure.retryAfter() != null ? deployment.name() : null;
        };
        if (name != null) {
            vitals.parking().park(name, failure);
        }
    }

    /** The name under which a provider's key is parked, and with it all its deployments. */
    static String keyOf(Deployment deployment) {
        return "key of " + deployment.provider().name();
    }

    /** The turn has come to its good end. */
    void answered() {
        if (over.compareAndSet(false, true)) {
            call.trail().add(Attempt.answered(deployment.name(), took()));
            judge(null);
            release();
        }
    }

    /**
     * What a stream that was committed is to the breaker (see {@link LateVerdict}). One that outlived the breaker's opening
     * has nothing to say on a probe.
     */
    private void judge(ProviderFailure failure) {
        CircuitBreaker breaker = vitals.breakers().of(deployment);
        if (!committed || breaker.getState() != CircuitBreaker.State.CLOSED) {
            return;
        }
        if (failure == null) {
            breaker.onSuccess(took().toNanos(), TimeUnit.NANOSECONDS);
        } else if (failure.kind().counted()) {
            breaker.onError(took().toNanos(), TimeUnit.NANOSECONDS, failure);
        }
    }

    private void release() {
        vitals.inFlight().leave(deployment.name());
        upstream.close();
    }

    private Duration took() {
        return Duration.ofNanos(Math.max(0, vitals.nanoTime().getAsLong() - tryStartedAt));
    }

    /** The block ended without an answer that lives on: whatever the reason, the turn is over. */
    @Override
    public void onDone(Exchange exchange) {
        if (committed || over.get()) {
            return;
        }
        ProviderFailure failure = exchange.getException() == null ? null : meaning(exchange.getException());
        if (failure != null) {
            fail(failure);
        } else if (over.compareAndSet(false, true)) {
            call.trail().add(Attempt.failed(deployment.name(),
                    ProviderFailure.of(FailureKind.PROTOCOL, "an internal error"), took()));
            release();
        }
    }

    // The stream's owner

    @Override
    public void progress() {
        upstream.progress();
    }

    @Override
    public void close() {
        upstream.close();
    }

    /** The stream as the caller's side gets it: it outlives the breaker's block, and its end is this turn's end. */
    ChatStream commit(ChatStream stream) {
        committed = true;
        upstream.lease();
        return new Committed(stream);
    }

    private final class Committed implements ChatStream {
        private final ChatStream stream;

        Committed(ChatStream stream) {
            this.stream = stream;
        }

        @Override
        public String model() {
            return stream.model();
        }

        @Override
        public StreamChunk next() {
            try {
                StreamChunk chunk = stream.next();
                if (chunk == null) {
                    answered();
                }
                return chunk;
            } catch (ProviderFailure failure) {
                throw fail(failure);
            }
        }

        /** Closing before the end is the caller's doing. */
        @Override
        public void close() {
            fail(aborted(UpstreamCall.Abort.CANCELLED));
            stream.close();
        }
    }
}
