package io.camelback.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.BillingDetails;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.support.ServiceTiers;

/**
 * Reads and writes {@code usageMetadata} (docs/wire-formats.md 2.4): thoughts count beside the answer, cached tokens
 * within the prompt.
 */
public final class GeminiUsage {
    private static final String ON_DEMAND = "ON_DEMAND";

    private GeminiUsage() {}

    /** @return null when the body reports no usage */
    public static Usage read(JsonNode body) {
        JsonNode usage = body.path("usageMetadata");
        if (!usage.has("promptTokenCount") && !usage.has("candidatesTokenCount")) {
            return null;
        }
        long input = Json.count(usage, "promptTokenCount") + Json.count(usage, "toolUsePromptTokenCount");
        long thoughts = Json.count(usage, "thoughtsTokenCount");
        long output = Json.count(usage, "candidatesTokenCount") + thoughts;
        return new Usage(
                input,
                Math.min(input, Json.count(usage, "cachedContentTokenCount")),
                0,
                output,
                thoughts,
                BillingDetails.tier(tier(usage)));
    }

    /** Gemini's own API tells a tier; Vertex a kind of traffic, such as {@code ON_DEMAND_PRIORITY}. */
    private static String tier(JsonNode usage) {
        String tier = ServiceTiers.served(Json.string(usage, "serviceTier"));
        String traffic = Json.string(usage, "trafficType");
        return tier == null && traffic != null && traffic.startsWith(ON_DEMAND)
                ? ServiceTiers.served(traffic.substring(ON_DEMAND.length())
                        .replaceFirst("^$", "standard")
                        .replaceFirst("^_", ""))
                : tier;
    }

    public static ObjectNode write(Usage usage) {
        ObjectNode node = Json.object().put("promptTokenCount", usage.input());
        if (usage.cached() > 0) {
            node.put("cachedContentTokenCount", usage.cached());
        }
        node.put("candidatesTokenCount", Math.max(0, usage.output() - usage.reasoning()));
        if (usage.reasoning() > 0) {
            node.put("thoughtsTokenCount", usage.reasoning());
        }
        return node.put("totalTokenCount", usage.total());
    }
}
