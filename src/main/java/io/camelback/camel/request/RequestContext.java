package io.camelback.camel.request;

import io.camelback.attempt.AttemptHistory;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamCommitMode;
import io.camelback.classification.ComplexityScorer;
import io.camelback.embedding.EmbeddingRequest;
import io.camelback.stream.DeliveredText;
import io.camelback.telemetry.trace.RequestTrace;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;

/**
 * One caller's request on its way through a chain: what its steps share. It is held in an exchange variable, by
 * reference, because a breaker runs its block on a copy of the exchange. What is more than a value has a part of its
 * own: {@link #lifecycle}, {@link #analysis}, {@link #trail}, {@link #degradation}.
 */
public final class RequestContext {
    /** The exchange variable that holds it. */
    public static final String VARIABLE = "camelback";

    /** The variable that names the route which shall answer, for {@code toD: direct:${variable.camelbackTarget}}. */
    public static final String TARGET = "camelbackTarget";

    private final String id;
    private final InboundPayload payload;
    private final String chain;
    private final RequestOptions options;
    private final LongSupplier nanoTime;
    private final long startedAt;
    private final String sent;
    private final AttemptHistory trail;
    private final RecordedAttempts recordedAttempts;
    private final RequestLifecycle lifecycle;
    private final RequestAnalysis analysis;
    private final DegradationState degradation = new DegradationState();
    private final AtomicBoolean recorded = new AtomicBoolean();
    private volatile ChatRequest override;
    private volatile RequestTrace trace = RequestTrace.NONE;
    private volatile String clientKey;
    private volatile Map<String, String> rateLimitHeaders = Map.of();
    private FallbackPlan plan = FallbackPlan.NONE;
    private CallerChain callerChain;

    /**
     * @param chain the chain or deployment that was asked for; null when a Kamelet is called directly
     * @param scorer says how hard the request is
     */
    public RequestContext(
            String id,
            InboundPayload payload,
            String chain,
            RequestOptions options,
            ComplexityScorer scorer,
            LongSupplier nanoTime) {
        this.id = id;
        this.payload = payload;
        this.chain = chain;
        this.options = options;
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
        this.sent = null;
        this.trail = new AttemptHistory();
        this.recordedAttempts = new RecordedAttempts();
        this.lifecycle = new RequestLifecycle();
        this.analysis = new RequestAnalysis(this::effectiveRequest, payload::countTokens, options.noFallback(), scorer);
    }

    private RequestContext(RequestContext before, DeliveredText sent) {
        this.id = before.id;
        this.payload = new InboundPayload.Chat(sent.continuing(before.effectiveRequest()));
        this.chain = before.chain;
        this.options = before.options;
        this.nanoTime = before.nanoTime;
        this.startedAt = before.startedAt;
        this.sent = sent.text();
        this.trail = before.trail;
        this.recordedAttempts = before.recordedAttempts;
        this.lifecycle = before.lifecycle.forContinuation();
        this.analysis = before.analysis.forContinuation(this::effectiveRequest, payload::countTokens);
        this.trace = before.trace;
        this.clientKey = before.clientKey;
        this.plan = before.plan;
        this.callerChain = before.callerChain;
    }

    /** The same request, its chain asked for the rest of an answer that broke off. No deployment is asked twice. */
    public RequestContext forContinuation(DeliveredText text) {
        return new RequestContext(this, text);
    }

    /** The request this exchange belongs to; null when the exchange has come through no endpoint. */
    public static RequestContext of(Exchange exchange) {
        return exchange.getVariable(VARIABLE, RequestContext.class);
    }

    public String id() {
        return id;
    }

    /** The text that is out and shall be continued; null for a request that begins at the beginning. */
    public String sent() {
        return sent;
    }

    /** The model's name as the caller said it. */
    public String requestedModel() {
        return payload.model();
    }

    /** What the caller asked, whatever the deployments are asked instead; null for embeddings. */
    public ChatRequest originalRequest() {
        return payload instanceof InboundPayload.Chat chat ? chat.request() : null;
    }

    /** What the deployments are asked; null for embeddings. */
    public ChatRequest effectiveRequest() {
        return override != null ? override : originalRequest();
    }

    /**
     * Lets the deployments that follow be asked something else than the caller asked.
     *
     * @param request null for the caller's own request again
     */
    public void overrideRequest(ChatRequest request) {
        override = request;
        lifecycle.resume();
        trail.beginPart();
    }

    /** What embeddings are wanted of; null in a conversation. */
    public EmbeddingRequest embedding() {
        return payload instanceof InboundPayload.Embeddings embeddings ? embeddings.request() : null;
    }

    /**
     * The chain or deployment that was asked for, and of several that the caller named the one whose turn it is; null
     * when a Kamelet was called directly.
     */
    public String chain() {
        return callerChain == null ? chain : callerChain.current();
    }

    /** The route that asks for an answer: {@code direct:<route>}; null when a Kamelet was called directly. */
    public String route() {
        return callerChain == null ? chain : CallerChain.ROUTE;
    }

    /** The chain that was made of what the caller named; null for one of the gateway's own. */
    public CallerChain callerChain() {
        return callerChain;
    }

    public void callerChain(CallerChain made) {
        callerChain = made;
    }

    /** The gateways that the request has come through, this one included; null when it has not come by HTTP. */
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

    /** The id of the caller's key, for the ledger and for limits; null without keys. */
    public String clientKey() {
        return clientKey;
    }

    public void clientKey(String keyId) {
        clientKey = keyId;
    }

    /** How the quotas of the caller's key stand, as response headers. */
    public Map<String, String> rateLimitHeaders() {
        return rateLimitHeaders;
    }

    public void rateLimitHeaders(Map<String, String> headers) {
        rateLimitHeaders = headers;
    }

    /** What is traced of it; nothing unless traces are switched on. */
    public RequestTrace trace() {
        return trace;
    }

    public void trace(RequestTrace begun) {
        trace = begun;
    }

    /** The deployments of its chain, and what was planned for them when it began; nothing without a chain. */
    public FallbackPlan plan() {
        return plan;
    }

    public void plan(FallbackPlan intended) {
        plan = intended;
    }

    /** What was tried for it so far. */
    public AttemptHistory trail() {
        return trail;
    }

    /** Those of its attempts that are in the ledger. */
    public RecordedAttempts recordedAttempts() {
        return recordedAttempts;
    }

    /** Whether it goes on. */
    public RequestLifecycle lifecycle() {
        return lifecycle;
    }

    /** How long and how hard it is, and what it needs. */
    public RequestAnalysis analysis() {
        return analysis;
    }

    /** What the caller may get when no model answers well enough. */
    public DegradationState degradation() {
        return degradation;
    }

    /**
     * The chain has failed: the answer that was held back, if there is one, becomes the answer after all.
     *
     * @return whether there is one
     */
    public boolean useHeldAnswer(Exchange exchange) {
        return !lifecycle.isCancelledItself() && degradation.useHeldAnswer(exchange);
    }

    /** Whether its outcome is to be recorded now: once, whatever happens after that. */
    public boolean record() {
        return recorded.compareAndSet(false, true);
    }
}
