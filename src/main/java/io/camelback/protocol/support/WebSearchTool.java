package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A search of the web that the provider runs for the model: the one tool of its kind that all makers have.
 *
 * @param allowed the only domains to search; empty for all
 * @param blocked domains not to search
 * @param location where the user is, as OpenAI and Anthropic both write it; null when not said
 */
public record WebSearchTool(List<String> allowed, List<String> blocked, ObjectNode location) {
    public WebSearchTool {
        allowed = List.copyOf(allowed);
        blocked = List.copyOf(blocked);
    }

    /** Of {@code web_search_*} in Anthropic's dialect. */
    public static WebSearchTool anthropic(JsonNode tool) {
        return new WebSearchTool(
                texts(tool.path("allowed_domains")),
                texts(tool.path("blocked_domains")),
                tool.get("user_location") instanceof ObjectNode place ? place : null);
    }

    /** Of {@code web_search} in OpenAI's Responses. */
    public static WebSearchTool responses(JsonNode tool) {
        JsonNode filters = tool.path("filters");
        return new WebSearchTool(
                texts(filters.path("allowed_domains")),
                texts(filters.path("blocked_domains")),
                tool.get("user_location") instanceof ObjectNode place ? place : null);
    }

    /** Of {@code web_search_options} in OpenAI's Chat Completions. */
    public static WebSearchTool chat(JsonNode options) {
        ObjectNode place = options.path("user_location").path("approximate") instanceof ObjectNode approximate
                ? Json.object().put("type", "approximate").setAll(approximate)
                : null;
        return new WebSearchTool(List.of(), List.of(), place);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
