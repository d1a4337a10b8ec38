package io.camelback.camel.accounting;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ChatRequest;
import io.camelback.config.Deployment;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.pricing.ModelPrice;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.support.ServiceTiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a request may make an answer of a deployment cost beside the standard price of its tokens. */
final class PricedRequest {
    /** Where a request does not limit the calls of a tool that the provider runs. */
    private static final long ASSUMED_CALLS = 10;

    private static final String FALLBACKS = "fallbacks";
    /** What the name of a tool's type begins with, by the name that its price has. */
    private static final Map<String, String> TOOLS = Map.of(
            "web_search",
            "web-search",
            "web_fetch",
            "web-fetch",
            "code_execution",
            "code-execution",
            "file_search",
            "file-search");

    private final ChatRequest request;
    private final Deployment deployment;
    private final Function<String, Optional<ModelPrice>> others;
    private final String tier;

    /**
     * @param request null for embeddings
     * @param others the prices of other models of the deployment's provider
     */
    PricedRequest(ChatRequest request, Deployment deployment, Function<String, Optional<ModelPrice>> others) {
        this.request = request;
        this.deployment = deployment;
        this.others = others;
        this.tier = ServiceTiers.asked(request, deployment.protocolName());
    }

    /** Whether it asks for a service tier that nobody knows the price of, at a deployment that has one. */
    boolean isTierUnpriced() {
        return deployment.priced() && deployment.price().forTier(tier).isEmpty();
    }

    /** Whether it lets the provider answer with another model that nobody knows the price of. */
    boolean isFallbackUnpriced() {
        JsonNode fallbacks = fallbacks();
        return fallbacks.isTextual() && !fallbacks.asText().equals("off")
                || models(fallbacks).stream()
                        .anyMatch(model -> atTier(others.apply(model)).isEmpty());
    }

    /** The prices at which the model that is asked may answer: which tier serves is the provider's to say. */
    List<ModelPrice> prices() {
        List<ModelPrice> prices = new ArrayList<>();
        prices.add(deployment.price());
        deployment.price().forTier(tier).ifPresent(prices::add);
        return prices;
    }

    /** The prices of the models that the provider may ask after it, each of them once; those that are known. */
    List<ModelPrice> fallbackPrices() {
        return models(fallbacks()).stream()
                .flatMap(model -> atTier(others.apply(model)).stream())
                .toList();
    }

    private Optional<ModelPrice> atTier(Optional<ModelPrice> price) {
        return price.flatMap(known -> known.forTier(tier).or(() -> Optional.of(known)));
    }

    /** Only Anthropic has them, and only who speaks its format can ask for them. */
    private JsonNode fallbacks() {
        boolean same = request != null
                && request.original() != null
                && request.original().dialect().equals(ProtocolNames.ANTHROPIC)
                && deployment.protocolName().equals(ProtocolNames.ANTHROPIC);
        return same ? request.original().body().path(FALLBACKS) : Json.object().path(FALLBACKS);
    }

    private static List<String> models(JsonNode fallbacks) {
        List<String> models = new ArrayList<>();
        for (JsonNode fallback : fallbacks.isArray() ? fallbacks : Json.object()) {
            models.add(fallback.path("model").asText());
        }
        return models;
    }

    /** Whether something of it is to stay in the provider's prompt cache for an hour. */
    boolean isCachedForHour() {
        return request != null
                && request.original() != null
                && deployment.price().hasCacheWrite()
                && request.original().body().findValuesAsText("ttl").contains("1h");
    }

    /** The most that calls of the provider's own tools may cost, in micro-dollars. */
    long toolCalls() {
        if (request == null
                || request.original() == null
                || deployment.price().toolCalls().isEmpty()) {
            return 0;
        }
        JsonNode body = request.original().body();
        long most = 0;
        for (JsonNode tool : body.path("tools")) {
            String type = tool.path("type").asText();
            long calls = JsonNodes.has(tool, "max_uses")
                    ? Json.count(tool, "max_uses")
                    : JsonNodes.has(body, "max_tool_calls") ? Json.count(body, "max_tool_calls") : ASSUMED_CALLS;
            most += calls * price(type);
        }
        return most + (body.path("web_search_options").isObject() ? ASSUMED_CALLS * price("web_search") : 0);
    }

    private long price(String type) {
        return TOOLS.entrySet().stream()
                .filter(tool -> type.startsWith(tool.getKey()))
                .mapToLong(tool -> deployment.price().toolCalls().getOrDefault(tool.getValue(), 0L))
                .findFirst()
                .orElse(0);
    }
}
