package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.BillingDetails;
import io.camelback.json.Json;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads how often a provider has run its own tools. */
public final class ServerToolCounts {
    private static final String SUFFIX = "_requests";

    private ServerToolCounts() {}

    /** @param counts Anthropic's {@code server_tool_use}, which OpenRouter has as well: {@code web_search_requests} */
    public static Map<String, Long> of(JsonNode counts) {
        Map<String, Long> calls = new TreeMap<>();
        counts.properties().forEach(field -> {
            String tool = field.getKey().replace(SUFFIX, "").replace('_', '-').toLowerCase(Locale.ROOT);
            long count = Json.count(counts, field.getKey());
            if (count > 0 && BillingDetails.TOOLS.contains(tool)) {
                calls.put(tool, count);
            }
        });
        return calls;
    }

    /** By the items of a Responses answer: one for each call. */
    public static Map<String, Long> ofItems(JsonNode output) {
        Map<String, Long> calls = new TreeMap<>();
        for (JsonNode item : output) {
            String type = item.path("type").asText();
            boolean search = type.equals("web_search_call")
                    && item.path("action").path("type").asText("search").equals("search");
            if (search || type.equals("file_search_call")) {
                calls.merge(search ? "web-search" : "file-search", 1L, Long::sum);
            }
        }
        return calls;
    }
}
