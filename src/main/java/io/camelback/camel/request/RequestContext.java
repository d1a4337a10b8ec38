package io.camelback.camel.request;

import io.camelback.attempt.AttemptHistory;
import io.camelback.attempt.AttemptResult;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamCommitMode;
import io.camelback.classification.ComplexityScorer;
import io.camelback.classification.RequestComplexity;
import io.camelback.embedding.EmbeddingRequest;
import io.camelback.routing.RequestProfile;
import io.camelback.stream.DeliveredText;
import io.camelback.telemetry.trace.RequestTrace;
import io.camelback.upstream.AbortReason;
import io.camelback.upstream.UpstreamCall;
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
public final class RequestContext {
    /** The exchange variable that holds it. */
    public static final String VARIABLE = "camelback";

    private final String id;
    private final InboundPayload payload;
    private volatile ChatRequest override;
    private final String chain;
    private final RequestOptions options;
    private final AttemptHistory trail;
    private volatile RequestTrace trace = RequestTrace.NONE;
    private final LongSupplier nanoTime;
    private final long startedAt;
    private final RequestContext previous;
    private final String sent;
    private volatile UpstreamCall upstream;
    private volatile Runnable atCancel = () -> {};
    private volatile boolean cancelled;
    private volatile boolean shutDown;
    private volatile boolean ended;
    private volatile String clientKey;
    private volatile Map<String, String> rateLimitHeaders = Map.of();
    private volatile Runnable onEnd = () -> {};
    private ComplexityScorer scorer;
    private RequestComplexity complexity;
    private volatile long inputTokens = -1;
    private final Map<AttemptResult, String> markRecorded;
    private final AtomicBoolean recorded = new AtomicBoolean();
    private final CountDownLatch clientGone;
    private final RequestLeases leases;
    private final DegradationState degradation = new DegradationState();
    private RequestProfile profile;
    private FallbackPlan plan = FallbackPlan.NONE;

    /**
     * What the caller asked for beside the request.
     *
     * @param timeout the caller's own deadline; null when none
     * @param forwarded headers that a provider of the caller's own dialect may see
     * @param hops through which gateways it has come, this one included; null when it has not come by HTTP
     * @param noFallback whether only the first link may be asked
     * @param commit from when on a streamed answer is one model's; null when the caller did not say it
     */
    public record RequestOptions(
            Duration timeout, Map<String, String> forwarded, String hops, boolean noFallback, StreamCommitMode commit) {
        public static final RequestOptions NONE =
                new RequestOptions(null, Map.of(), null, false, StreamCommitMode.FIRST_TOKEN);

        public RequestOptions {
            forwarded = Map.copyOf(forwarded);
        }

        public RequestOptions commit(StreamCommitMode other) {
            return new RequestOptions(timeout, forwarded, hops, noFallback, other);
        }
    }

    /** @param chain the chain or deployment that was entered; null when a chain was called directly */
    public RequestContext(String id, InboundPayload asked, String chain, RequestOptions hints, LongSupplier nanoTime) {
        this.id = id;
        this.payload = asked;
        this.chain = chain;
        this.options = hints;
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
        this.trail = new AttemptHistory();
        this.previous = null;
        this.sent = null;
        this.markRecorded = Collections.synchronizedMap(new IdentityHashMap<>());
        this.clientGone = new CountDownLatch(1);
        this.leases = new RequestLeases();
    }

    private RequestContext(RequestContext before, DeliveredText sent) {
        this.id = before.id;
        this.payload = new InboundPayload.Chat(sent.continuing(before.effectiveRequest()));
        this.chain = before.chain;
        this.options = before.options;
        this.nanoTime = before.nanoTime;
        this.startedAt = before.startedAt;
        this.trail = before.trail;
        this.trace = before.trace;
        this.previous = before;
        this.sent = sent.text();
        this.clientKey = before.clientKey;
        this.markRecorded = before.markRecorded;
        this.clientGone = before.clientGone;
        this.leases = before.leases;
        this.complexity = before.complexity();
        this.plan = before.plan;
    }

    /** The same call, its chain asked for the rest of an answer that broke off. Who had its turn has none again. */
    public RequestContext forContinuation(DeliveredText text) {
        return new RequestContext(this, text);
    }

    /** The text that is out and shall be continued; null for a call that begins at the beginning. */
    public String sent() {
        return sent;
    }

    /** The call this exchange belongs to; null when the exchange has not come through a door. */
    public static RequestContext of(Exchange exchange) {
        return exchange.getVariable(VARIABLE, RequestContext.class);
    }

    public String id() {
        return id;
    }

    /** What shall be answered in a conversation; null when vectors are wanted. */
    public ChatRequest effectiveRequest() {
        return override != null ? override : payload instanceof InboundPayload.Chat chat ? chat.request() : null;
    }

    /**
     * Lets the links that follow be asked something else than the caller asked.
     *
     * @param request null for the caller's own request again
     */
    public void overrideRequest(ChatRequest request) {
        override = request;
        // What was wrong with the other request need not be wrong with this one.
        ended = false;
        trail.beginPart();
    }

    /** What vectors are wanted of; null in a conversation. */
    public EmbeddingRequest embedding() {
        return payload instanceof InboundPayload.Embeddings embeddings ? embeddings.request() : null;
    }

    /** About how many tokens the request has; counted once. */
    public long inputTokens() {
        long known = inputTokens;
        if (known < 0) {
            known = payload.countTokens();
            inputTokens = known;
        }
        return known;
    }

    /**
     * Notes that an attempt stands in the ledger already, written together with its bill. @param row the id of its row
     */
    public void markRecorded(AttemptResult attempt, String row) {
        markRecorded.put(attempt, row);
    }

    /** The id of an attempt's row, where it is written already. */
    public Optional<String> markRecorded(AttemptResult attempt) {
        return Optional.ofNullable(markRecorded.get(attempt));
    }

    /** The model's name as the caller said it. */
    public String requestedModel() {
        return payload.model();
    }

    /** The id of the key the caller came with, for the ledger and for limits; null without keys. */
    public String clientKey() {
        return clientKey;
    }

    /** How the quotas of the caller's key stand, as headers say it. */
    public Map<String, String> rateLimitHeaders() {
        return rateLimitHeaders;
    }

    public void rateLimitHeaders(Map<String, String> headers) {
        rateLimitHeaders = headers;
    }

    /** What is to be done when the caller has the answer, whatever it is. */
    public void onEnd(Runnable task) {
        onEnd = task;
    }

    /** Whether its outcome is to be written down now: once, whatever happens after that. */
    public boolean record() {
        return recorded.compareAndSet(false, true);
    }

    /** The caller has the answer, or has left. */
    public void done() {
        if (previous != null) {
            previous.done();
        }
        leases.close();
        onEnd.run();
    }

    /** What is taken of the gateway's memory for this request, until it is done. */
    public RequestLeases leases() {
        return leases;
    }

    public void clientKey(String id) {
        clientKey = id;
    }

    public String chain() {
        return chain;
    }

    /** Says who judges how hard this request is. */
    public RequestContext withScorer(ComplexityScorer judge) {
        scorer = judge;
        return this;
    }

    /** How hard the request is, judged once and only when somebody asks; null for embeddings. */
    public synchronized RequestComplexity complexity() {
        if (complexity == null && effectiveRequest() != null && scorer != null) {
            complexity = scorer.score(effectiveRequest());
        }
        return complexity;
    }

    /** What is traced of it; nothing unless traces are switched on. */
    public RequestTrace trace() {
        return trace;
    }

    public void trace(RequestTrace begun) {
        trace = begun;
    }

    /** What is to be known of it to say who can take it. */
    public synchronized RequestProfile profile() {
        if (profile == null) {
            profile = RequestProfile.of(effectiveRequest(), options.noFallback());
        }
        return profile;
    }

    /** Whom its chain asks, and what was planned for them when it began; nothing for a call without a chain. */
    public FallbackPlan plan() {
        return plan;
    }

    public void plan(FallbackPlan intended) {
        plan = intended;
    }

    public AttemptHistory trail() {
        return trail;
    }

    /** Through which gateways it has come, this one included; null when it has not come by HTTP. */
    public String hops() {
        return options.hops();
    }

    public Map<String, String> forwarded() {
        return options.forwarded();
    }

    public boolean noFallback() {
        return options.noFallback();
    }

    /** From when on a streamed answer is one model's. */
    public StreamCommitMode commit() {
        return options.commit();
    }

    public Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - startedAt);
    }

    /** What is left of the caller's own time, not below zero; null when the caller set none. */
    public Duration remainingTime() {
        if (options.timeout() == null) {
            return null;
        }
        Duration left = options.timeout().minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The upstream call that is running for this request. */
    void running(UpstreamCall call) {
        upstream = call;
        if (previous != null) {
            previous.running(call);
        }
        if (cancelled) {
            call.cancel();
        }
        if (shutDown) {
            call.abort(AbortReason.SHUTTING_DOWN);
        }
    }

    /**
     * What ends work that is done for this request, in place of what ended the work before it; done at once if it is
     * too late.
     */
    public void onCancel(Runnable stop) {
        atCancel = stop;
        if (cancelled) {
            stop.run();
        }
    }

    /** The caller has left: what runs is aborted and nothing more is tried. From any thread. */
    public void cancel() {
        cancelled = true;
        clientGone.countDown();
        atCancel.run();
        UpstreamCall running = upstream;
        if (running != null) {
            running.cancel();
        }
    }

    /**
     * The gateway stops and waits no longer: what runs is aborted, nothing more is tried, and the caller is told. From
     * any thread.
     */
    void shutDown() {
        shutDown = true;
        clientGone.countDown();
        UpstreamCall running = upstream;
        if (running != null) {
            running.abort(AbortReason.SHUTTING_DOWN);
        }
    }

    /** Whether the gateway's stop has ended it. */
    public boolean isShutDown() {
        return shutDown || previous != null && previous.isShutDown();
    }

    public boolean cancelled() {
        return cancelled || previous != null && previous.cancelled();
    }

    /** A failure that no other link could mend has happened: the links that follow are passed over. */
    public void end() {
        ended = true;
    }

    public boolean ended() {
        return ended || cancelled() || isShutDown();
    }

    /** What the caller may get when no model answers well enough. */
    public DegradationState degradation() {
        return degradation;
    }

    /**
     * The chain has come to nothing: what was put aside, if anything, becomes the answer after all.
     *
     * @return whether there was any
     */
    public boolean useHeldAnswer(Exchange exchange) {
        return !cancelled && degradation.given(exchange);
    }

    /** What the caller asked, whatever the links are asked instead; null when vectors are wanted. */
    public ChatRequest originalRequest() {
        return payload instanceof InboundPayload.Chat chat ? chat.request() : null;
    }

    /** Waits, unless the caller leaves or the gateway stops. @return whether one of these has happened */
    public boolean awaitCancelled(Duration wait) {
        try {
            return clientGone.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
