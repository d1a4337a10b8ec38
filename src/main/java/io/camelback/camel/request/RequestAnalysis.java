package io.camelback.camel.request;

import io.camelback.chat.ChatRequest;
import io.camelback.classification.ComplexityScorer;
import io.camelback.classification.RequestComplexity;
import io.camelback.routing.RequestProfile;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What is found out about a request, each thing once and only when somebody asks. Thread-safe. */
public final class RequestAnalysis {
    private final Supplier<ChatRequest> request;
    private final LongSupplier tokens;
    private final boolean noFallback;
    private final ComplexityScorer scorer;
    private RequestComplexity complexity;
    private RequestProfile profile;
    private volatile long inputTokens = -1;

    /**
     * @param request what is to be answered; null from it for embeddings
     * @param tokens counts the caller's own request
     * @param scorer null where nobody says how hard a request is
     */
    RequestAnalysis(Supplier<ChatRequest> request, LongSupplier tokens, boolean noFallback, ComplexityScorer scorer) {
        this.request = request;
        this.tokens = tokens;
        this.noFallback = noFallback;
        this.scorer = scorer;
    }

    /** Of the continuation of a broken answer, which is as hard as the request was. */
    RequestAnalysis forContinuation(Supplier<ChatRequest> rest, LongSupplier restTokens) {
        RequestAnalysis analysis = new RequestAnalysis(rest, restTokens, noFallback, null);
        analysis.complexity = complexity();
        return analysis;
    }

    /** About how many tokens the request has. */
    public long inputTokens() {
        long known = inputTokens;
        if (known < 0) {
            known = tokens.getAsLong();
            inputTokens = known;
        }
        return known;
    }

    /** How hard the request is; null for embeddings. */
    public synchronized RequestComplexity complexity() {
        ChatRequest asked = request.get();
        if (complexity == null && asked != null && scorer != null) {
            complexity = scorer.score(asked);
        }
        return complexity;
    }

    /** What a deployment must have to take the request. */
    public synchronized RequestProfile profile() {
        if (profile == null) {
            profile = RequestProfile.of(request.get(), noFallback);
        }
        return profile;
    }
}
