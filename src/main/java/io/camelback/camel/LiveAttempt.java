package io.camelback.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.config.Deployment;
import io.camelback.config.LimitSettings;
import io.camelback.config.Timeouts;
import io.camelback.failure.FailureKind;
import io.camelback.failure.GatewayFault;
import io.camelback.failure.NotAdmitted;
import io.camelback.failure.ProviderFailure;
import io.camelback.http.CallTimers;
import io.camelback.http.Share;
import io.camelback.http.UpstreamCall;
import io.camelback.resilience.LiveStats;
import io.camelback.resilience.RetryPolicy;
import io.camelback.resilience.Vitals;
import io.camelback.routing.Attempt;
import io.camelback.routing.Metered;
import io.camelback.stream.ProviderStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * A deployment's turn while it lasts: from admission to the last byte of its answer. It decides what every failure means
 * and whether to send again. However the turn ends, it is over once: noted, judged and paid for.
 */
final class LiveAttempt extends SynchronizationAdapter implements UpstreamCall.Resend, ProviderStream.Owner {
    static final String VARIABLE = "camelbackAttempt";

    private final Call call;
    private final Deployment deployment;
    private final Vitals vitals;
    private final RetryPolicy retries;
    private final UpstreamCall upstream;
    private final Meaning meaning;
    private final Booking booking;
    private final TurnUse use;
    private final AnswerBounds bounds;
    private final Consequences consequences;
    private final TurnNotes notes;
    private final AtomicBoolean over = new AtomicBoolean();
    private boolean sent;
    private final Translated translated = new Translated();
    private Duration startedAfter;
    private boolean committed;
    private int tries;
    private boolean again;
    private long tryStartedAt;
    private LiveStats.Turn turn;
    private ProviderFailure refused;

    LiveAttempt(Call call, Deployment deployment, boolean streamed, Share share, Vitals vitals, Booking booking,
            LimitSettings limits) {
        this.call = call;
        this.deployment = deployment;
        this.vitals = vitals;
        this.booking = booking;
        this.use = new TurnUse(call, deployment);
        this.bounds = new AnswerBounds(limits, call.leases().add(vitals.memory().lease()));
        this.consequences = new Consequences(deployment, vitals);
        this.retries = new RetryPolicy(deployment.retry().attempts(), deployment.retry().baseDelay(),
                deployment.retry().maxDelay(), deployment.retry().patience());
        CallTimers timers = timers(deployment.timeouts());
        this.upstream = new UpstreamCall(deployment.provider().headers(), streamed ? timers : timers.unstreamed(), share, this,
                vitals.alarms(), vitals.nanoTime());
        this.meaning = new Meaning(upstream, vitals.clock());
        this.tryStartedAt = vitals.nanoTime().getAsLong();
        this.startedAfter = call.elapsed();
        this.notes = new TurnNotes(call, deployment, upstream);
        call.running(upstream);
    }

    private static CallTimers timers(Timeouts of) {
        return new CallTimers(of.connect(), of.tls(), of.headers(), of.firstToken(), of.idle(), of.total());
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

    /** The request is written: from now on a failure is the provider's. */
    void sending() {
        sent = true;
        turn = vitals.stats().of(deployment.name()).begin();
    }

    /** What was changed in the request for this deployment. */
    Translated translated() {
        return translated;
    }

    @Override
    public ObjectNode received(ObjectNode body) {
        return translated.received(body);
    }

    // What failures mean

    @Override
    public Duration after(UpstreamCall.Try outcome) {
        ProviderFailure failure = meaning.of(outcome);
        boolean mended = mend(failure);
        Duration wait = mended ? Duration.ZERO : retries.delay(failure, tries + 1, false, vitals.random()).orElse(null);
        refused = failure;
        if (wait == null || wait.compareTo(upstream.left()) >= 0 || !mended && !mayGoAgain()) {
            return null;
        }
        tries += mended ? 0 : 1;
        turn.end(Consequences.ending(failure));
        turn = vitals.stats().of(deployment.name()).begin(wait);
        notes.add(Attempt.failed(deployment.name(), failure, took()).metered(metered(failure)));
        notes.again();
        startedAfter = call.elapsed().plus(wait);
        tryStartedAt = vitals.nanoTime().getAsLong() + wait.toNanos();
        return wait;
    }

    /** A turn that is sent again counts once against the retry budget, however often it is. */
    private boolean mayGoAgain() {
        again = again || vitals.inFlight().enterAgain(deployment.name());
        return again;
    }

    /** Stale thinking is left out, once; without it the same model answers. @return whether there was any */
    private boolean mend(ProviderFailure failure) {
        if (failure.kind() != FailureKind.STALE_THINKING) {
            return false;
        }
        byte[] body = translated.withoutThinking();
        if (body != null) {
            upstream.mend(body);
        }
        return body != null;
    }

    /** What the last response that was no answer means; of a call that was aborted since then, the abort. */
    ProviderFailure refused() {
        return upstream.aborted() != null ? Meaning.of(upstream.aborted()) : refused;
    }

    @Override
    public RuntimeException gaveUp(IOException failure) {
        return fail(meaning.of(failure));
    }

    @Override
    public ProviderFailure inBand(JsonNode error) {
        return meaning.of(error);
    }

    @Override
    public ProviderFailure broken(IOException failure) {
        return meaning.of(failure);
    }

    @Override
    public void trailing() {
        notes.trailing();
    }

    // How it ends

    /** The turn has failed. @return the failure, to be thrown or to be told */
    ProviderFailure fail(ProviderFailure failure) {
        if (over.compareAndSet(false, true)) {
            try {
                note(failure);
            } finally {
                if (failure.kind() != FailureKind.QUALITY) {
                    // One below the floor may still be given, for want of a better one.
                    bounds.lease().close();
                }
                release(Consequences.ending(failure));
            }
        }
        return failure;
    }

    private void note(ProviderFailure failure) {
        notes.add(sent ? Attempt.failed(deployment.name(), failure, took()).metered(metered(failure))
                : Attempt.unsuited(deployment.name(), NotAdmitted.Reason.INCAPABLE, failure));
        consequences.park(failure);
        UntrustedHost.warn(deployment, failure);
        if (failure.kind().terminal()) {
            call.end();
        }
        judge(failure);
    }

    /** The gateway itself has failed while it read this answer. @return the failure, to be thrown or to be told */
    ProviderFailure failInside(Throwable fault) {
        if (fault instanceof RuntimeException && upstream.aborted() != null) {
            // An abort takes the connection away from under whoever uses it.
            return fail(Meaning.of(upstream.aborted()));
        }
        FaultLog.tell(call.id(), fault);
        return abort(fault);
    }

    /** The same for a fault that the log knows already. */
    ProviderFailure abort(Throwable fault) {
        sent = true;
        return fail(GatewayFault.of(fault));
    }

    /** The turn has come to its good end. The answer is whole then: what fails in noting that is told to the operator only. */
    void answered() {
        if (over.compareAndSet(false, true)) {
            try {
                Attempt done = call.sent() == null ? Attempt.answered(deployment.name(), took())
                        : Attempt.continued(deployment.name(), took());
                notes.add(done.metered(metered(null)));
                judge(null);
                upstream.finished();
            } catch (RuntimeException | Error fault) {
                FaultLog.tell(call.id(), fault);
            } finally {
                release(LiveStats.Ending.ANSWERED);
            }
        }
    }

    /** One whose total time ran out while content came is a slow call, and no failure (docs/failures.md T06). */
    private void judge(ProviderFailure failure) {
        boolean slow = upstream.aborted() == UpstreamCall.Abort.TOTAL;
        if (committed || slow) {
            consequences.judge(slow ? null : failure, took());
        }
    }

    /** The status is 200. */
    void answering() {
        notes.goodStatus();
        consequences.limits(upstream.relayed()::get);
    }

    /** Gives back all that the turn holds. A bill that fails changes nothing of that, nor of what the caller is told. */
    private void release(LiveStats.Ending ending) {
        try {
            booking.settle(notes.all());
        } catch (RuntimeException | Error fault) {
            FaultLog.tell(call.id(), fault);
        } finally {
            if (again) {
                vitals.inFlight().leaveAgain(deployment.name());
            }
            vitals.inFlight().leave(deployment.name());
            try {
                upstream.close();
            } finally {
                if (turn != null) {
                    turn.end(ending);
                }
            }
        }
    }

    TurnNotes notes() {
        return notes;
    }

    private Duration took() {
        return Duration.ofNanos(Math.max(0, vitals.nanoTime().getAsLong() - tryStartedAt));
    }

    /** The block ended without an answer that lives on: whatever the reason, the turn is over. */
    @Override
    public void onDone(Exchange exchange) {
        Exception thrown = exchange.getException();
        if (over.get() || committed && thrown == null) {
            return;
        }
        ProviderFailure failure = thrown == null ? null : meaning.of((Throwable) thrown);
        if (failure != null) {
            fail(failure);
        } else if (thrown == null || Outcome.exhausts(thrown)) {
            abort(new IllegalStateException("the Kamelet ended without an answer"));
        } else {
            failInside(thrown.getCause() instanceof Error error ? error : thrown);
        }
    }

    // The stream's owner

    @Override
    public void seen(StreamChunk chunk) {
        bounds.seen(chunk);
        if (chunk.hasProgress()) {
            begun();
        }
        if (use.seen(chunk)) {
            upstream.finishing();
        }
    }

    /**
     * The caller has left a stream. Where the model had finished, only the count of what was used may be missing, and the
     * caller is to pay what it used rather than what we guess: the stream is read on until it comes, or until the call is
     * aborted, in a quarter of a second.
     */
    void left(ChatStream stream) {
        if (over.get()) {
            return;
        }
        upstream.cancel();
        try {
            while (use.countIsMissing() && stream.next() != null) {
                continue;
            }
        } catch (ProviderFailure aborted) {
            fail(aborted);
        }
        UpstreamCall.Abort before = upstream.aborted();
        fail(Meaning.of(before == UpstreamCall.Abort.SHUTTING_DOWN ? before : UpstreamCall.Abort.CANCELLED));
    }

    /**
     * The first content is here, or more of it.
     *
     * @throws ProviderFailure when it came too late: the call had been aborted already
     */
    void begun() {
        if (!upstream.progress()) {
            throw Meaning.of(upstream.aborted());
        }
        if (use.content(took())) {
            turn.content();
        }
    }

    /** What it delivers, and what that takes. */
    TurnUse use() {
        return use;
    }

    /** What it keeps of its answer. */
    AnswerBounds bounds() {
        return bounds;
    }

    private Metered metered(ProviderFailure failure) {
        return use.metered(startedAfter, failure, upstream.aborted() != null);
    }

    @Override
    public void close() {
        upstream.close();
    }

    /** A stream that has come to its good end before the caller's side gets any of it: this turn is over. */
    ChatStream complete(ChatStream stream) {
        committed = true;
        answered();
        return stream;
    }

    /** The stream as the caller's side gets it: it outlives the breaker's block, and its end is this turn's end. */
    ChatStream commit(ChatStream stream) {
        committed = true;
        upstream.lease();
        return new CommittedStream(stream, this);
    }
}
