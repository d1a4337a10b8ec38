package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest.Effort;
import io.camelback.json.Json;
import io.camelback.protocol.gemini.GeminiModelTraits;

/**
 * Turns a level of effort into {@code thinkingConfig} by the ladder of docs/wire-formats.md 1.6: a level from
 * generation 3 on, a budget of tokens for 2.5, nothing for models before or for names that show no generation.
 */
final class GeminiThinking {
    private GeminiThinking() {}

    /** @return null when there is nothing to send */
    static ObjectNode config(Effort effort, GeminiModelTraits model, Integer maxOutputTokens) {
        if (effort == null) {
            return null;
        }
        if (model.modern()) {
            return shown(effort != Effort.NONE).put("thinkingLevel", level(effort, model));
        }
        if (model.is25()) {
            int budget = budget(effort, model, maxOutputTokens);
            return shown(effort != Effort.NONE && budget > 0).put("thinkingBudget", budget);
        }
        return null;
    }

    private static ObjectNode shown(boolean thoughts) {
        return thoughts ? Json.object().put("includeThoughts", true) : Json.object();
    }

    private static String level(Effort effort, GeminiModelTraits model) {
        boolean minimal = model.flash() && !model.atLeast(3, 7);
        return switch (effort) {
            case NONE, MINIMAL -> minimal ? "minimal" : "low";
            case LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH, XHIGH, MAX -> "high";
        };
    }

    /**
     * Thoughts count as output: half of the output is kept for the answer, as far as the model's least budget allows.
     */
    private static int budget(Effort effort, GeminiModelTraits model, Integer maxOutputTokens) {
        int wanted = switch (effort) {
            case NONE -> 0;
            case MINIMAL, LOW -> 1024;
            case MEDIUM -> 8192;
            case HIGH, XHIGH, MAX -> model.pro() ? 32768 : 24576;
        };
        int budget = maxOutputTokens == null ? wanted : Math.min(wanted, maxOutputTokens / 2);
        if (model.pro()) {
            return Math.max(128, budget);
        }
        return model.lite() && budget < 512 ? 0 : budget;
    }
}
