package io.camelback.camel.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.routing.CallerFallbacks;
import io.camelback.routing.CallerFallbacks.NamedModel;
import io.camelback.routing.ProviderPreferences;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads OpenRouter's {@code provider} object, and the gateway options of Vercel's AI SDK, which say the same. */
final class ProviderPreferenceReader {
    private static final String PROVIDER = "provider";
    private static final String GATEWAY = "providerOptions.gateway";
    private static final String ALLOW = "allow_fallbacks";
    private static final String MAX_PRICE = "max_price";
    private static final BigDecimal DEAREST = BigDecimal.valueOf(1_000_000);
    private static final Map<String, String> SORTS = Map.of(
            "price",
            "cheapest",
            "cost",
            "cheapest",
            "latency",
            "lowest-latency",
            "ttft",
            "lowest-latency",
            "throughput",
            "lowest-latency",
            "tps",
            "lowest-latency");
    /** What other gateways call providers that have another name here. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "google",
            "gemini",
            "google-ai-studio",
            "gemini",
            "google-vertex",
            "gemini",
            "vertex",
            "gemini",
            "x-ai",
            "xai",
            "z-ai",
            "zai",
            "mistralai",
            "mistral");

    private final Set<String> providers;

    ProviderPreferenceReader(Set<String> providers) {
        this.providers = new TreeSet<>(providers);
    }

    /**
     * @param provider OpenRouter's object; null without one
     * @param gateway Vercel's; null without one
     * @param tolerant whether names that are unknown here may be OpenRouter's
     */
    CallerFallbacks read(ObjectNode provider, ObjectNode gateway, List<NamedModel> models, boolean tolerant) {
        if (provider == null && gateway == null) {
            return models.isEmpty()
                    ? CallerFallbacks.NONE
                    : new CallerFallbacks(models, ProviderPreferences.NONE, false);
        }
        List<String> order = new ArrayList<>();
        List<String> only = new ArrayList<>();
        List<String> ignore = new ArrayList<>();
        String balancer = null;
        boolean fallbacks = true;
        ProviderPreferences.MaxPrice most = ProviderPreferences.MaxPrice.NONE;
        if (provider != null) {
            order.addAll(names(provider, "order", PROVIDER, tolerant));
            only.addAll(names(provider, "only", PROVIDER, tolerant));
            ignore.addAll(names(provider, "ignore", PROVIDER, tolerant));
            balancer = sort(provider, PROVIDER);
            fallbacks = allows(provider);
            most = maxPrice(provider);
        }
        if (gateway != null) {
            order.addAll(names(gateway, "order", GATEWAY, tolerant));
            only.addAll(names(gateway, "only", GATEWAY, tolerant));
            balancer = balancer == null ? sort(gateway, GATEWAY) : balancer;
        }
        if (!fallbacks && !order.isEmpty()) {
            // The caller's order is all that may be asked, and is asked to its end.
            only = only.isEmpty() ? order : only;
        }
        return new CallerFallbacks(
                models,
                new ProviderPreferences(order, only, ignore, most, order.isEmpty() ? balancer : null),
                !fallbacks && order.isEmpty());
    }

    private List<String> names(ObjectNode object, String field, String place, boolean tolerant) {
        JsonNode list = object.path(field);
        String path = place + "." + field;
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!(list instanceof ArrayNode)) {
            throw new InvalidRequestException(path, "`" + path + "` must be a list of names of providers.");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String said = list.get(i).asText().toLowerCase(Locale.ROOT).replaceFirst("/.*", "");
            String name = providers.contains(said) ? said : OTHER_NAMES.getOrDefault(said, said);
            if (!providers.contains(name) && !tolerant) {
                throw new InvalidRequestException(
                        path + "[" + i + "]",
                        "`" + path + "[" + i + "]` is no provider of this gateway. There are: "
                                + String.join(", ", providers) + ".");
            }
            names.add(name);
        }
        return names;
    }

    private static boolean allows(ObjectNode provider) {
        JsonNode said = provider.path(ALLOW);
        if (!said.isMissingNode() && !said.isNull() && !said.isBoolean()) {
            throw new InvalidRequestException(
                    PROVIDER + "." + ALLOW, "`" + PROVIDER + "." + ALLOW + "` must be true or false.");
        }
        return said.asBoolean(true);
    }

    /** A word, or an object that says it as {@code by}. */
    private static String sort(ObjectNode object, String place) {
        JsonNode said = object.path("sort").isObject() ? object.path("sort").path("by") : object.path("sort");
        if (said.isMissingNode() || said.isNull()) {
            return null;
        }
        String balancer = SORTS.get(said.asText());
        if (balancer == null) {
            throw new InvalidRequestException(
                    place + ".sort", "`" + place + ".sort` must be one of price, throughput, latency.");
        }
        return balancer;
    }

    private static ProviderPreferences.MaxPrice maxPrice(ObjectNode provider) {
        JsonNode said = provider.path(MAX_PRICE);
        if (said.isMissingNode() || said.isNull()) {
            return ProviderPreferences.MaxPrice.NONE;
        }
        return new ProviderPreferences.MaxPrice(
                micros(said, "prompt"), micros(said, "completion"), micros(said, "request"));
    }

    /** Dollars, as a number or as text. */
    private static Long micros(JsonNode prices, String part) {
        JsonNode said = prices.path(part);
        if (said.isMissingNode() || said.isNull()) {
            return null;
        }
        String path = PROVIDER + "." + MAX_PRICE + "." + part;
        try {
            BigDecimal dollars = new BigDecimal(Json.text(said).replace("\"", ""));
            if (dollars.signum() >= 0 && dollars.compareTo(DEAREST) <= 0) {
                return dollars.movePointRight(6).setScale(0, RoundingMode.DOWN).longValueExact();
            }
        } catch (NumberFormatException e) {
            throw notDollars(path);
        }
        throw notDollars(path);
    }

    private static InvalidRequestException notDollars(String path) {
        return new InvalidRequestException(path, "`" + path + "` must be an amount of dollars, from 0.");
    }
}
