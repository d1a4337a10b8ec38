package io.camelback.camel.inbound;

import io.camelback.camel.accounting.RequestRecorder;
import io.camelback.camel.request.RequestContext;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.failure.FailureKind;
import io.camelback.pricing.Cost;
import java.util.LinkedHashMap;
import java.util.Map;

/** The response headers of the contract. What comes from the provider is {@link ProviderHeaderRelay}. */
public final class ResponseHeaders {
    private ResponseHeaders() {}

    /** For a request that never became a call. */
    public static Map<String, String> of(String requestId) {
        Map<String, String> headers = named(requestId);
        headers.put("x-camelback-attempts", "0");
        return headers;
    }

    /**
     * @param deployment the one that answers; null for an error or a static answer
     * @param microDollars what the answer costs; null when unknown, as at the beginning of a stream
     */
    public static Map<String, String> of(
            RequestContext context, Deployment deployment, CamelbackConfig config, Long microDollars) {
        Map<String, String> headers = named(context.id());
        headers.put("x-camelback-chain", context.chain());
        // An answer that is still being written is not in the trail yet.
        boolean live = deployment != null
                && context.trail().attempts().stream()
                        .noneMatch(attempt -> attempt.status() == 200
                                && attempt.deployment().equals(deployment.name())
                                && (attempt.failure() == null
                                        || attempt.failure().kind() == FailureKind.QUALITY));
        headers.put("x-camelback-attempts", String.valueOf(context.trail().tried() + (live ? 1 : 0)));
        if (context.analysis().complexity() != null) {
            headers.put(
                    "x-camelback-complexity",
                    context.analysis().complexity().shown().toPlainString());
        }
        if (deployment != null) {
            headers.put("x-camelback-model", deployment.name());
            if (microDollars != null) {
                headers.put("x-camelback-cost-usd", new Cost(microDollars).dollars());
            }
        }
        RequestRecorder.degraded(context, deployment, config).ifPresent(level -> {
            headers.put("x-camelback-degraded", level);
            headers.put("x-camelback-review", "suggested");
            String notice = config.chain(context.chain()).notice();
            if (notice != null) {
                headers.put("x-camelback-notice", notice);
            }
        });
        headers.putAll(context.rateLimitHeaders());
        if (context.degradation().age() != null) {
            headers.put("Age", String.valueOf(context.degradation().age().toSeconds()));
        }
        if (context.degradation().isBelowQuality() || context.degradation().isUnjudged()) {
            headers.put("x-camelback-quality", context.degradation().isBelowQuality() ? "missed" : "unjudged");
            headers.put("x-camelback-review", "suggested");
        }
        return headers;
    }

    /** The request's id under our own name, and under those where OpenAI's and Anthropic's clients look for it. */
    private static Map<String, String> named(String requestId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-camelback-request-id", requestId);
        headers.put("x-request-id", requestId);
        headers.put("request-id", requestId);
        return headers;
    }
}
