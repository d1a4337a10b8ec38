package io.camelback.protocol.openai.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.BillingDetails;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.support.ServerToolCounts;
import io.camelback.protocol.support.ServiceTiers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Token counts, in every spelling that compatible servers use (docs/wire-formats.md 2.4). */
public final class OpenAiUsage {
    private OpenAiUsage() {}

    /** The usage of an answer or a chunk, wherever the server put it; null when it reports none. */
    public static Usage find(JsonNode body) {
        Usage usage = read(body.path("usage"));
        if (usage == null) {
            usage = read(body.path("x_groq").path("usage"));
        }
        for (JsonNode choice : body.path("choices")) {
            usage = usage == null ? read(choice.path("usage")) : usage;
        }
        return usage == null
                ? null
                : usage.with(new BillingDetails(0, tier(body), calls(body.path("usage")), List.of()));
    }

    /** The tier that an answer or a chunk tells; null when it tells none. */
    static String tier(JsonNode body) {
        String tier = ServiceTiers.served(JsonNodes.text(body, "service_tier"));
        return tier == null ? ServiceTiers.served(JsonNodes.text(body.path("x_groq"), "service_tier")) : tier;
    }

    /** Searches are counted by OpenRouter, by Perplexity, and, for each source, by xAI. */
    private static Map<String, Long> calls(JsonNode usage) {
        Map<String, Long> calls = new TreeMap<>(ServerToolCounts.of(usage.path("server_tool_use")));
        add(calls, "web-search", count(usage, "num_search_queries"));
        add(calls, "search-source", count(usage, "num_sources_used"));
        return calls;
    }

    private static void add(Map<String, Long> calls, String tool, long count) {
        if (count > 0) {
            calls.put(tool, count);
        }
    }

    private static Usage read(JsonNode node) {
        boolean counted = JsonNodes.has(node, "prompt_tokens")
                || JsonNodes.has(node, "completion_tokens")
                || JsonNodes.has(node, "total_tokens");
        if (!node.isObject() || !counted) {
            return null;
        }
        long cached = first(
                count(node.path("prompt_tokens_details"), "cached_tokens"),
                count(node.path("prompt_token_details"), "cached_tokens"),
                count(node, "num_cached_tokens"),
                count(node, "prompt_cache_hit_tokens"),
                count(node, "cached_tokens"));
        long written = first(
                count(node.path("prompt_tokens_details"), "cache_write_tokens"),
                count(node.path("prompt_tokens_details"), "cache_creation_tokens"));
        long input = first(
                count(node, "prompt_tokens"),
                count(node, "prompt_cache_hit_tokens") + count(node, "prompt_cache_miss_tokens"));
        long output = count(node, "completion_tokens");
        long total = count(node, "total_tokens");
        long reasoning = first(
                count(node.path("completion_tokens_details"), "reasoning_tokens"), count(node, "reasoning_tokens"));
        if (!JsonNodes.has(node, "prompt_tokens") && input == 0) {
            input = Math.max(0, total - output);
        } else if (!JsonNodes.has(node, "completion_tokens")) {
            output = Math.max(0, total - input);
        }
        boolean reasoningApart = reasoning > output || reasoning > 0 && total == input + output + reasoning;
        return new Usage(
                cached > input ? input + cached : input,
                cached,
                written,
                reasoningApart ? output + reasoning : output,
                reasoning);
    }

    public static ObjectNode write(Usage usage) {
        ObjectNode node = Json.object()
                .put("prompt_tokens", usage.input())
                .put("completion_tokens", usage.output())
                .put("total_tokens", usage.total());
        node.putObject("prompt_tokens_details")
                .put("cached_tokens", usage.cached())
                .put("cache_write_tokens", usage.cacheWrite());
        node.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoning());
        return node;
    }

    /** Counts come as integers, floats and strings of either. */
    private static long count(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return Math.max(0, value.isTextual() ? (long) value.asDouble(0) : value.asLong(0));
    }

    private static long first(long... counts) {
        for (long count : counts) {
            if (count > 0) {
                return count;
            }
        }
        return 0;
    }
}
