package io.camelback.protocol.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.BillingDetails;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.support.ServerToolCounts;
import io.camelback.protocol.support.ServiceTiers;
import java.util.List;
import java.util.Map;

/**
 * Token counts (docs/wire-formats.md 2.4): Anthropic's {@code input_tokens} leave out what the prompt cache read or
 * wrote.
 */
public final class AnthropicUsage {
    private AnthropicUsage() {}

    /** @param usage as the provider sent it; null when anything but an object */
    public static Usage of(JsonNode usage) {
        if (usage == null || !usage.isObject()) {
            return null;
        }
        Usage tokens = tokens(usage);
        return tokens.with(new BillingDetails(
                tokens.billing().hourCacheWrite(),
                tier(usage),
                ServerToolCounts.of(usage.path("server_tool_use")),
                AnthropicIterations.of(usage, tokens)));
    }

    /** The tokens of an answer, or of one run of a model. */
    static Usage tokens(JsonNode usage) {
        long cached = Json.count(usage, "cache_read_input_tokens");
        long written = cacheWrite(usage);
        return new Usage(
                Json.count(usage, "input_tokens") + cached + written,
                cached,
                written,
                Json.count(usage, "output_tokens"),
                Json.count(usage.path("output_tokens_details"), "thinking_tokens"),
                new BillingDetails(
                        Json.count(usage.path("cache_creation"), "ephemeral_1h_input_tokens"),
                        null,
                        Map.of(),
                        List.of()));
    }

    /** The fast speed has a price of its own, whatever the tier. */
    private static String tier(JsonNode usage) {
        String speed = ServiceTiers.served(Json.string(usage, "speed"));
        return speed == null || speed.equals(BillingDetails.STANDARD)
                ? ServiceTiers.served(Json.string(usage, "service_tier"))
                : speed;
    }

    /** A later report of the same stream is cumulative: what it says replaces, and what it leaves out stays. */
    public static ObjectNode merged(ObjectNode earlier, JsonNode later) {
        ObjectNode result = Json.object();
        result.setAll(earlier);
        if (later != null && later.isObject()) {
            later.properties().forEach(field -> {
                if (!field.getValue().isNull()) {
                    result.set(field.getKey(), field.getValue());
                }
            });
        }
        return result;
    }

    /** What a caller of this dialect reads. @param usage null when unknown: clients need the counts all the same */
    public static ObjectNode write(Usage usage) {
        Usage known = usage == null ? Usage.of(0, 0) : usage;
        ObjectNode node = Json.object()
                .put("input_tokens", Math.max(0, known.input() - known.cached() - known.cacheWrite()))
                .put("cache_creation_input_tokens", known.cacheWrite())
                .put("cache_read_input_tokens", known.cached())
                .put("output_tokens", known.output());
        if (known.reasoning() > 0) {
            node.putObject("output_tokens_details").put("thinking_tokens", known.reasoning());
        }
        return node;
    }

    private static long cacheWrite(JsonNode usage) {
        if (usage.path("cache_creation_input_tokens").isNumber()) {
            return Json.count(usage, "cache_creation_input_tokens");
        }
        JsonNode byLifetime = usage.path("cache_creation");
        return Json.count(byLifetime, "ephemeral_5m_input_tokens")
                + Json.count(byLifetime, "ephemeral_1h_input_tokens");
    }
}
