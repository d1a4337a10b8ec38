package io.camelback.camel;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Commit;
import io.camelback.embed.EmbedRequest;
import io.camelback.http.UpstreamCall;
import io.camelback.observe.RequestTrace;
import io.camelback.routing.Attempt;
import io.camelback.routing.Complexity;
import io.camelback.routing.ComplexityScorer;
import io.camelback.routing.Facts;
import io.camelback.routing.Trail;
import io.camelback.stream.SentText;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;

/**
 * One caller's request on its way through a chain: the facts every link shares. It rides in an exchange variable, by
 * reference, because a breaker runs its block on a copy of the exchange.
 */
public final class Call {
    /** The exchange variable that holds it. */
    public static final String VARIABLE = "camelback";

    private final String id;
    private final Asked asked;
    private volatile ChatRequest instead;
    private final String chain;
    private final Hints hints;
    private final Trail trail;
    private volatile RequestTrace trace = RequestTrace.NONE;
    private final LongSupplier nanoTime;
    private final long startedAt;
    private final Call before;
    private final String sent;
    private volatile UpstreamCall upstream;
    private volatile Runnable atCancel = () -> { };
    private volatile boolean cancelled;
    private volatile boolean shutDown;
    private volatile boolean ended;
    private volatile String clientKey;
    private volatile Map<String, String> standing = Map.of();
    private volatile Runnable atTheEnd = () -> { };
    private ComplexityScorer scorer;
    private Complexity complexity;
    private volatile long inputTokens = -1;
    private final Map<Attempt, String> entered;
    private final AtomicBoolean recorded = new AtomicBoolean();
    private final CountDownLatch left;
    private final Leases leases;
    private final SecondBest secondBest = new SecondBest();
    private Facts facts;
    private CallPlan plan = CallPlan.NONE;

    /**
     * What the caller asked for beside the request.
     *
     * @param timeout    the caller's own deadline; null when none
     * @param forwarded  headers that a provider of the caller's own dialect may see
     * @param hops       through which gateways it has come, this one included; null when it has not come by HTTP
     * @param noFallback whether only the first link may be asked
     * @param commit     from when on a streamed answer is one model's; null when the caller did not say it
     */
    public record Hints(Duration timeout, Map<String, String> forwarded, String hops, boolean noFallback, Commit commit) {
        public static final Hints NONE = new Hints(null, Map.of(), null, false, Commit.FIRST_TOKEN);

        public Hints {
            forwarded = Map.copyOf(forwarded);
        }

        Hints commit(Commit other) {
            return new Hints(timeout, forwarded, hops, noFallback, other);
        }
    }

    /** @param chain the chain or deployment that was entered; null when a chain was called directly */
    public Call(String id, Asked asked, String chain, Hints hints, LongSupplier nanoTime) {
        this.id = id;
        this.asked = asked;
        this.chain = chain;
        this.hints = hints;
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
        this.trail = new Trail();
        this.before = null;
        this.sent = null;
        this.entered = Collections.synchronizedMap(new IdentityHashMap<>());
        this.left = new CountDownLatch(1);
        this.leases = new Leases();
    }

    private Call(Call before, SentText sent) {
        this.id = before.id;
        this.asked = new Asked.Chat(sent.continuing(before.request()));
        this.chain = before.chain;
        this.hints = before.hints;
        this.nanoTime = before.nanoTime;
        this.startedAt = before.startedAt;
        this.trail = before.trail;
        this.trace = before.trace;
        this.before = before;
        this.sent = sent.text();
        this.clientKey = before.clientKey;
        this.entered = before.entered;
        this.left = before.left;
        this.leases = before.leases;
        this.complexity = before.complexity();
        this.plan = before.plan;
    }

    /** The same call, its chain asked for the rest of an answer that broke off. Who had its turn has none again. */
    Call continuing(SentText text) {
        return new Call(this, text);
    }

    /** The text that is out and shall be continued; null for a call that begins at the beginning. */
    String sent() {
        return sent;
    }

    /** The call this exchange belongs to; null when the exchange has not come through a door. */
    public static Call of(Exchange exchange) {
        return exchange.getVariable(VARIABLE, Call.class);
    }

    public String id() {
        return id;
    }

    /** What shall be answered in a conversation; null when vectors are wanted. */
    public ChatRequest request() {
        return instead != null ? instead : asked instanceof Asked.Chat chat ? chat.request() : null;
    }

    /**
     * Lets the links that follow be asked something else than the caller asked.
     *
     * @param request null for the caller's own request again
     */
    void askInstead(ChatRequest request) {
        instead = request;
        // What was wrong with the other request need not be wrong with this one.
        ended = false;
        trail.beginPart();
    }

    /** What vectors are wanted of; null in a conversation. */
    public EmbedRequest embedding() {
        return asked instanceof Asked.Embeddings embeddings ? embeddings.request() : null;
    }

    /** About how many tokens the request has; counted once. */
    long inputTokens() {
        long known = inputTokens;
        if (known < 0) {
            known = asked.countTokens();
            inputTokens = known;
        }
        return known;
    }

    /** Notes that an attempt stands in the ledger already, written together with its bill. @param row the id of its row */
    void entered(Attempt attempt, String row) {
        entered.put(attempt, row);
    }

    /** The id of an attempt's row, where it is written already. */
    Optional<String> entered(Attempt attempt) {
        return Optional.ofNullable(entered.get(attempt));
    }

    /** The model's name as the caller said it. */
    public String asked() {
        return asked.model();
    }

    /** The id of the key the caller came with, for the ledger and for limits; null without keys. */
    public String clientKey() {
        return clientKey;
    }

    /** How the quotas of the caller's key stand, as headers say it. */
    Map<String, String> standing() {
        return standing;
    }

    void standing(Map<String, String> headers) {
        standing = headers;
    }

    /** What is to be done when the caller has the answer, whatever it is. */
    void atTheEnd(Runnable task) {
        atTheEnd = task;
    }

    /** Whether its outcome is to be written down now: once, whatever happens after that. */
    boolean record() {
        return recorded.compareAndSet(false, true);
    }

    /** The caller has the answer, or has left. */
    void done() {
        if (before != null) {
            before.done();
        }
        leases.close();
        atTheEnd.run();
    }

    /** What is taken of the gateway's memory for this request, until it is done. */
    Leases leases() {
        return leases;
    }

    void clientKey(String id) {
        clientKey = id;
    }

    public String chain() {
        return chain;
    }

    /** Says who judges how hard this request is. */
    Call judgedBy(ComplexityScorer judge) {
        scorer = judge;
        return this;
    }

    /** How hard the request is, judged once and only when somebody asks; null for embeddings. */
    public synchronized Complexity complexity() {
        if (complexity == null && request() != null && scorer != null) {
            complexity = scorer.score(request());
        }
        return complexity;
    }

    /** What is traced of it; nothing unless traces are switched on. */
    RequestTrace trace() {
        return trace;
    }

    void trace(RequestTrace begun) {
        trace = begun;
    }

    /** What is to be known of it to say who can take it. */
    synchronized Facts facts() {
        if (facts == null) {
            facts = Facts.of(request(), hints.noFallback());
        }
        return facts;
    }

    /** Whom its chain asks, and what was planned for them when it began; nothing for a call without a chain. */
    CallPlan plan() {
        return plan;
    }

    void plan(CallPlan intended) {
        plan = intended;
    }

    public Trail trail() {
        return trail;
    }

    /** Through which gateways it has come, this one included; null when it has not come by HTTP. */
    String hops() {
        return hints.hops();
    }

    public Map<String, String> forwarded() {
        return hints.forwarded();
    }

    public boolean noFallback() {
        return hints.noFallback();
    }

    /** From when on a streamed answer is one model's. */
    public Commit commit() {
        return hints.commit();
    }

    public Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - startedAt);
    }

    /** What is left of the caller's own time, not below zero; null when the caller set none. */
    public Duration left() {
        if (hints.timeout() == null) {
            return null;
        }
        Duration left = hints.timeout().minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The upstream call that is running for this request. */
    void running(UpstreamCall call) {
        upstream = call;
        if (before != null) {
            before.running(call);
        }
        if (cancelled) {
            call.cancel();
        }
        if (shutDown) {
            call.abort(UpstreamCall.Abort.SHUTTING_DOWN);
        }
    }

    /** What ends work that is done for this request, in place of what ended the work before it; done at once if it is too late. */
    void onCancel(Runnable stop) {
        atCancel = stop;
        if (cancelled) {
            stop.run();
        }
    }

    /** The caller has left: what runs is aborted and nothing more is tried. From any thread. */
    public void cancel() {
        cancelled = true;
        left.countDown();
        atCancel.run();
        UpstreamCall running = upstream;
        if (running != null) {
            running.cancel();
        }
    }

    /** The gateway stops and waits no longer: what runs is aborted, nothing more is tried, and the caller is told. From any thread. */
    void shutDown() {
        shutDown = true;
        left.countDown();
        UpstreamCall running = upstream;
        if (running != null) {
            running.abort(UpstreamCall.Abort.SHUTTING_DOWN);
        }
    }

    /** Whether the gateway's stop has ended it. */
    boolean isShutDown() {
        return shutDown || before != null && before.isShutDown();
    }

    public boolean cancelled() {
        return cancelled || before != null && before.cancelled();
    }

    /** A failure that no other link could mend has happened: the links that follow are passed over. */
    void end() {
        ended = true;
    }

    public boolean ended() {
        return ended || cancelled() || isShutDown();
    }

    /** What the caller may get when no model answers well enough. */
    SecondBest secondBest() {
        return secondBest;
    }

    /**
     * The chain has come to nothing: what was put aside, if anything, becomes the answer after all.
     *
     * @return whether there was any
     */
    boolean takePutAside(Exchange exchange) {
        return !cancelled && secondBest.given(exchange);
    }

    /** What the caller asked, whatever the links are asked instead; null when vectors are wanted. */
    ChatRequest own() {
        return asked instanceof Asked.Chat chat ? chat.request() : null;
    }

    /** Waits, unless the caller leaves or the gateway stops. @return whether one of these has happened */
    boolean awaitCancelled(Duration wait) {
        try {
            return left.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
