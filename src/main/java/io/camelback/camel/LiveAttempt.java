package io.camelback.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.budget.Cost;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatStream;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import io.camelback.config.Deployment;
import io.camelback.config.Timeouts;
import io.camelback.dialect.Account;
import io.camelback.dialect.ToolNames;
import io.camelback.embed.EmbedAnswer;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderFailure;
import io.camelback.failure.RetryAfter;
import io.camelback.http.CallTimers;
import io.camelback.http.Share;
import io.camelback.http.UpstreamCall;
import io.camelback.observe.RequestTrace;
import io.camelback.resilience.LiveStats;
import io.camelback.resilience.Parking;
import io.camelback.resilience.RetryPolicy;
import io.camelback.resilience.Vitals;
import io.camelback.routing.Attempt;
import io.camelback.routing.Metered;
import io.camelback.routing.OutputCount;
import io.camelback.stream.AnswerStream;
import io.camelback.stream.ProviderStream;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * A deployment's turn while it lasts: from admission to the last byte of its answer. It decides what every failure means,
 * whether to send again, and what becomes parked, and it writes all of that into the {@linkplain Call#trail() trail}.
 * However the turn ends, it is over once.
 */
final class LiveAttempt extends SynchronizationAdapter implements UpstreamCall.Resend, ProviderStream.Owner {
    static final String VARIABLE = "camelbackAttempt";
    /** What a provider can say with status 200 instead of an answer; all other failures are silence, or a connection's. */
    private static final Set<FailureKind> SAID = EnumSet.complementOf(EnumSet.of(FailureKind.TRANSPORT, FailureKind.TIMEOUT,
            FailureKind.SLOW, FailureKind.CANCELLED, FailureKind.CLIENT_DEADLINE, FailureKind.QUALITY));

    private final Call call;
    private final Deployment deployment;
    private final Vitals vitals;
    private final RetryPolicy retries;
    private final UpstreamCall upstream;
    private final Meaning meaning;
    private final Booking booking;
    private final List<Attempt> turns = new CopyOnWriteArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private boolean sent;
    private ToolNames toolNames = ToolNames.UNCHANGED;
    private final List<EmbedAnswer> batches = new ArrayList<>();
    private final OutputCount delivered = new OutputCount();
    private Duration startedAfter;
    private RequestTrace.Turn trace;
    private Usage reported;
    private boolean upstreamFinished;
    private boolean counted;
    private Duration firstToken;
    private boolean committed;
    private boolean cut;
    private boolean goodStatus;
    private boolean trailing;
    private int tries;
    private long tryStartedAt;
    private LiveStats.Turn turn;
    private ProviderFailure refused;
    private Account account;
    private Supplier<byte[]> withoutThinking = () -> null;

    LiveAttempt(Call call, Deployment deployment, boolean streamed, Share share, Vitals vitals, Booking booking) {
        this.call = call;
        this.deployment = deployment;
        this.vitals = vitals;
        this.booking = booking;
        this.retries = new RetryPolicy(deployment.retry().attempts(), deployment.retry().baseDelay(),
                deployment.retry().maxDelay(), deployment.retry().patience());
        CallTimers timers = timers(deployment.timeouts());
        this.upstream = new UpstreamCall(deployment.provider().headers(), streamed ? timers : timers.unstreamed(), share, this,
                vitals.alarms(), vitals.nanoTime());
        this.meaning = new Meaning(upstream, vitals.clock());
        this.tryStartedAt = vitals.nanoTime().getAsLong();
        this.startedAfter = call.elapsed();
        this.trace = call.trace().turn(deployment);
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

    /**
     * Whose account is asked in a conversation.
     *
     * @param without the request's body once more, without what any account signed or encrypted; null when it holds nothing
     */
    void asks(Account asked, Supplier<byte[]> without) {
        account = asked;
        withoutThinking = without;
    }

    @Override
    public ObjectNode received(ObjectNode body) {
        return account == null ? body : account.received(body);
    }

    /** By which names the provider knows the caller's tools. */
    ToolNames toolNames() {
        return toolNames;
    }

    void toolNames(ToolNames names) {
        toolNames = names;
    }

    /** The answers to those inputs of a request for embeddings that have gone out already, when it is too large for one. */
    List<EmbedAnswer> batches() {
        return batches;
    }

    // What failures mean

    @Override
    public Duration after(UpstreamCall.Try outcome) {
        ProviderFailure failure = meaning.of(outcome);
        boolean mended = mend(failure);
        Duration wait = mended ? Duration.ZERO : retries.delay(failure, tries + 1, false, vitals.random()).orElse(null);
        refused = failure;
        if (wait == null || wait.compareTo(upstream.left()) >= 0) {
            return null;
        }
        tries += mended ? 0 : 1;
        turn.end(ending(failure));
        turn = vitals.stats().of(deployment.name()).begin(wait);
        note(Attempt.failed(deployment.name(), failure, took()).metered(metered(failure)));
        trace = call.trace().turn(deployment);
        startedAfter = call.elapsed().plus(wait);
        tryStartedAt = vitals.nanoTime().getAsLong() + wait.toNanos();
        return wait;
    }

    /** Stale thinking is left out, once; without it the same model answers. @return whether there was any */
    private boolean mend(ProviderFailure failure) {
        if (failure.kind() != FailureKind.STALE_THINKING) {
            return false;
        }
        byte[] body = withoutThinking.get();
        withoutThinking = () -> null;
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
        trailing = true;
    }

    // How it ends

    /** The turn has failed. @return the failure, to be thrown or to be told */
    ProviderFailure fail(ProviderFailure failure) {
        if (over.compareAndSet(false, true)) {
            note(sent ? Attempt.failed(deployment.name(), failure, took()).metered(metered(failure))
                    : Attempt.unsuited(deployment.name(), failure));
            park(failure);
            UntrustedHost.warn(deployment, failure);
            if (failure.kind().terminal()) {
                call.end();
            }
            judge(failure);
            release(ending(failure));
        }
        return failure;
    }

    private static LiveStats.Ending ending(ProviderFailure failure) {
        boolean own = failure.kind().counted() || failure.kind() == FailureKind.RATE_LIMIT || failure.kind() == FailureKind.AUTH
                || failure.kind() == FailureKind.QUOTA || failure.kind() == FailureKind.MODEL_GONE;
        return own ? LiveStats.Ending.FAILED : LiveStats.Ending.ABANDONED;
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
        return Parking.keyOf(deployment);
    }

    /** The turn has come to its good end. */
    void answered() {
        if (over.compareAndSet(false, true)) {
            Attempt done = call.sent() == null ? Attempt.answered(deployment.name(), took())
                    : Attempt.continued(deployment.name(), took());
            note(done.metered(metered(null)));
            judge(null);
            upstream.finished();
            release(LiveStats.Ending.ANSWERED);
        }
    }

    /**
     * What a stream that was committed is to the breaker (see {@link LateVerdict}). One whose total time ran out while content
     * came is a slow call, and no failure (FAILURES.md T06). One that outlived the breaker's opening
     * has nothing to say on a probe.
     */
    private void judge(ProviderFailure failure) {
        CircuitBreaker breaker = vitals.breakers().of(deployment);
        boolean slow = upstream.aborted() == UpstreamCall.Abort.TOTAL;
        if (!committed && !slow || breaker.getState() != CircuitBreaker.State.CLOSED) {
            return;
        }
        if (failure == null || slow) {
            breaker.onSuccess(took().toNanos(), TimeUnit.NANOSECONDS);
        } else if (failure.kind().counted()) {
            breaker.onError(took().toNanos(), TimeUnit.NANOSECONDS, failure);
        }
    }

    /**
     * The status is 200. A limit that the provider says is used up now takes the deployment out until it is full again, before it
     * refuses anybody.
     */
    void answering() {
        goodStatus = true;
        RetryAfter.usedUp(upstream.relayed()::get, vitals.clock().instant())
                .ifPresent(wait -> vitals.parking().park(deployment.name(), wait, "its rate limit is used up"));
    }

    private void note(Attempt ended) {
        Attempt attempt = marked(ended);
        turns.add(attempt);
        call.trail().add(attempt);
        trace.ended(attempt);
    }

    private Attempt marked(Attempt ended) {
        ProviderFailure failure = ended.outcome() == Attempt.Outcome.FAILED ? ended.failure() : null;
        Attempt attempt = goodStatus && failure != null && SAID.contains(failure.kind()) ? ended.marked(Attempt.Mark.SOFT_ERROR) : ended;
        attempt = trailing ? attempt.marked(Attempt.Mark.TRAILING) : attempt;
        boolean told = turns.stream().anyMatch(turn -> turn.has(Attempt.Mark.RESENT));
        return upstream.resent() && !told ? attempt.marked(Attempt.Mark.RESENT) : attempt;
    }

    private void release(LiveStats.Ending ending) {
        booking.settle(List.copyOf(turns));
        if (turn != null) {
            turn.end(ending);
        }
        vitals.inFlight().leave(deployment.name());
        upstream.close();
    }

    /** What tells the provider which trace this turn belongs to; empty where nothing is traced. */
    Map<String, String> traceHeaders() {
        return trace.headers();
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
        ProviderFailure failure = exchange.getException() == null ? null : meaning.of((Throwable) exchange.getException());
        if (failure != null) {
            fail(failure);
        } else if (over.compareAndSet(false, true)) {
            ProviderFailure internal = ProviderFailure.of(FailureKind.PROTOCOL, "an internal error");
            note(Attempt.failed(deployment.name(), internal, took()).metered(metered(internal)));
            release(LiveStats.Ending.ABANDONED);
        }
    }

    // The stream's owner

    @Override
    public void seen(StreamChunk chunk) {
        if (chunk.hasProgress()) {
            begun();
        }
        delivered.add(chunk);
        for (StreamEvent event : chunk.events()) {
            if (event instanceof StreamEvent.UsageReported told) {
                reported = told.usage();
                counted = upstreamFinished;
            } else if (event instanceof StreamEvent.Finished) {
                upstreamFinished = true;
                upstream.finishing();
            }
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
            while (upstreamFinished && !counted && stream.next() != null) {
                continue;
            }
        } catch (ProviderFailure aborted) {
            fail(aborted);
        }
        fail(Meaning.of(UpstreamCall.Abort.CANCELLED));
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
        if (firstToken == null) {
            firstToken = took();
            turn.content();
        }
    }

    /** The tokens as the provider counts them; null when it told none. */
    void used(Usage usage) {
        reported = usage;
    }

    /**
     * What this turn is to be paid for. A provider that failed before it said anything has earned nothing; one whose answer
     * broke off, or that the caller left waiting, is taken to have read the request and written what came of it.
     */
    private Metered metered(ProviderFailure failure) {
        boolean abandoned = failure != null && failure.kind().terminal() && upstream.aborted() != null;
        long written = delivered.tokens();
        boolean told = reported != null && reported.output() >= (failure == null && !cut ? 0 : written);
        Usage usage = reported;
        if (!told) {
            usage = failure == null || abandoned || written > 0 ? estimate(written) : null;
        }
        Long cost = usage == null ? Long.valueOf(0) : Cost.of(deployment.price(), usage).map(Cost::microDollars).orElse(null);
        return new Metered(startedAfter, firstToken, usage, usage != null && !told, cost);
    }

    /** The stream ends at a stop sequence, before the provider has counted. @return the tokens until then */
    Usage cut() {
        cut = true;
        long written = delivered.tokens();
        return reported != null && reported.output() >= written ? reported : estimate(written);
    }

    private Usage estimate(long written) {
        return reported != null && reported.input() > 0
                ? new Usage(reported.input(), reported.cached(), reported.cacheWrite(), written, 0)
                : Usage.of(call.inputTokens(), written);
    }

    /** Counts an answer that came at once, in case that the provider does not. */
    void came(ChatAnswer answer) {
        reported = answer.usage();
        if (reported == null) {
            AnswerStream told = new AnswerStream(answer);
            for (StreamChunk chunk = told.next(); chunk != null; chunk = told.next()) {
                delivered.add(chunk);
            }
        }
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
