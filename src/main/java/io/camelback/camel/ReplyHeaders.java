package io.camelback.camel;

import io.camelback.budget.Cost;
import io.camelback.chat.Usage;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.config.Price;
import io.camelback.failure.FailureKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The response headers of the contract. What comes from the provider is {@link Relayed}. */
final class ReplyHeaders {
    private ReplyHeaders() { }

    /** For a request that never became a call. */
    static Map<String, String> of(String requestId) {
        Map<String, String> headers = named(requestId);
        headers.put("x-camelback-attempts", "0");
        return headers;
    }

    /**
     * @param deployment the one that answers; null for an error or a static answer
     * @param usage      null when unknown, as at the beginning of a stream
     */
    static Map<String, String> of(Call call, Deployment deployment, CamelbackConfig config, Usage usage) {
        Map<String, String> headers = named(call.id());
        headers.put("x-camelback-chain", call.chain());
        // An answer that is still being written is not in the trail yet.
        boolean live = deployment != null && call.trail().attempts().stream()
                .noneMatch(attempt -> attempt.status() == 200 && attempt.deployment().equals(deployment.name())
                        && (attempt.failure() == null || attempt.failure().kind() == FailureKind.QUALITY));
        headers.put("x-camelback-attempts", String.valueOf(call.trail().tried() + (live ? 1 : 0)));
        if (call.complexity() != null) {
            headers.put("x-camelback-complexity", call.complexity().shown().toPlainString());
        }
        if (deployment != null) {
            headers.put("x-camelback-model", deployment.name());
            cost(deployment.price(), usage).ifPresent(cost -> headers.put("x-camelback-cost-usd", cost));
        }
        Records.degraded(call, deployment, config).ifPresent(level -> {
            headers.put("x-camelback-degraded", level);
            headers.put("x-camelback-review", "suggested");
            String notice = config.chain(call.chain()).notice();
            if (notice != null) {
                headers.put("x-camelback-notice", notice);
            }
        });
        headers.putAll(call.standing());
        if (call.secondBest().age() != null) {
            headers.put("Age", String.valueOf(call.secondBest().age().toSeconds()));
        }
        if (call.secondBest().isBelowFloor() || call.secondBest().isUnjudged()) {
            headers.put("x-camelback-quality", call.secondBest().isBelowFloor() ? "missed" : "unjudged");
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

    private static Optional<String> cost(Price price, Usage usage) {
        return usage == null ? Optional.empty() : Cost.of(price, usage).map(Cost::dollars);
    }
}
