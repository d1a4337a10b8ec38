package io.camelback.classification;

import io.camelback.chat.ChatRequest;

/**
 * Scores the complexity of a request and determines its task type. Whoever knows better than
 * {@link WeightedComplexityScorer} binds one of these in Camel's registry, under any name; it is then asked for every
 * request, by many threads at once, and should be quick.
 */
@FunctionalInterface
public interface ComplexityScorer {
    /** @return never null; its score is compared with {@code routing.threshold} */
    RequestComplexity score(ChatRequest request);
}
