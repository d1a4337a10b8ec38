package io.camelback.protocol.openai.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.BillingDetails;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.support.ServerToolCounts;
import io.camelback.protocol.support.ServiceTiers;
import java.util.List;

/** Token counts (docs/wire-formats.md 2.4). */
public final class ResponsesUsage {
    private ResponsesUsage() {}

    /**
     * Null when nothing is reported. xAI counts cached tokens beside the input, which shows when they are more than it.
     *
     * @param response the whole {@code response} object
     */
    public static Usage read(JsonNode response) {
        JsonNode usage = response.path("usage");
        if (!JsonNodes.has(usage, "input_tokens") && !JsonNodes.has(usage, "output_tokens")) {
            return null;
        }
        long input = Json.count(usage, "input_tokens");
        long cached = Json.count(usage.path("input_tokens_details"), "cached_tokens");
        return new Usage(
                cached > input ? input + cached : input,
                cached,
                Json.count(usage.path("input_tokens_details"), "cache_write_tokens"),
                Json.count(usage, "output_tokens"),
                Json.count(usage.path("output_tokens_details"), "reasoning_tokens"),
                new BillingDetails(
                        0,
                        ServiceTiers.served(JsonNodes.text(response, "service_tier")),
                        ServerToolCounts.ofItems(response.path("output")),
                        List.of()));
    }

    public static ObjectNode write(Usage usage) {
        ObjectNode node = Json.object().put("input_tokens", usage.input());
        node.putObject("input_tokens_details")
                .put("cached_tokens", usage.cached())
                .put("cache_write_tokens", usage.cacheWrite());
        node.put("output_tokens", usage.output());
        node.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
        return node.put("total_tokens", usage.total());
    }
}
