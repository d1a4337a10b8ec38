package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest.Effort;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderLimit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How much a model shall think, in the words of other makers that callers of Chat Completions use: OpenRouter's
 * {@code reasoning}, Anthropic's {@code thinking}, Qwen's {@code enable_thinking}, Google's budget. Each house keeps
 * its own word; every other gets the effort.
 *
 * @see <a href="https://github.com/mnfst/llm-gateway/issues/2782">the wish in another maker's words</a>
 * @see <a href="https://openrouter.ai/docs/use-cases/reasoning-tokens">OpenRouter</a>
 */
public final class ReasoningWords {
    private static final int LOW_BUDGET = 2048;
    private static final int MEDIUM_BUDGET = 12_000;
    private static final List<String> WORDS =
            List.of("reasoning", "thinking", "enable_thinking", "thinking_budget", "extra_body");
    /** By provider: the words that are its own. */
    private static final Map<String, Set<String>> HOUSES = Map.of(
            "openrouter", Set.of("reasoning"),
            "deepseek", Set.of("thinking"),
            "zai", Set.of("thinking"),
            "nanogpt", Set.of("reasoning"));

    private ReasoningWords() {}

    /** As OpenAI's Chat Completions says it, or in any other word; null for nothing that can be read. */
    public static Effort any(ObjectNode body) {
        Effort effort = word(body.path("reasoning_effort").asText(""));
        return effort == null ? read(body) : effort;
    }

    /** Takes the words of other formats out of a body. @param own the words of the body's own format */
    public static void remove(ObjectNode body, Set<String> own) {
        body.remove("reasoning_effort");
        WORDS.stream().filter(word -> !own.contains(word)).forEach(body::remove);
    }

    /** Null for a body that says nothing of it, or nothing that can be read. */
    public static Effort read(ObjectNode body) {
        JsonNode reasoning = body.path("reasoning");
        if (reasoning.isObject()) {
            Effort effort = word(reasoning.path("effort").asText(""));
            return effort != null ? effort : wish(reasoning.path("enabled"), reasoning.path("max_tokens"));
        }
        JsonNode thinking = body.path("thinking");
        if (thinking.isObject()) {
            boolean off = thinking.path("type").asText().equals("disabled");
            return off ? Effort.NONE : level(thinking.path("budget_tokens"), Effort.MEDIUM);
        }
        JsonNode google = body.at("/extra_body/google/thinking_config/thinking_budget");
        return wish(body.path("enable_thinking"), google.isNumber() ? google : body.path("thinking_budget"));
    }

    private static Effort wish(JsonNode enabled, JsonNode budget) {
        if (enabled.isBoolean() && !enabled.booleanValue()) {
            return Effort.NONE;
        }
        return level(budget, enabled.isBoolean() ? Effort.MEDIUM : null);
    }

    private static Effort level(JsonNode budget, Effort unsaid) {
        if (!budget.isNumber() || budget.asLong() < 0) {
            return unsaid;
        }
        long tokens = budget.asLong();
        return tokens == 0
                ? Effort.NONE
                : tokens <= LOW_BUDGET ? Effort.LOW : tokens <= MEDIUM_BUDGET ? Effort.MEDIUM : Effort.HIGH;
    }

    private static Effort word(String said) {
        for (Effort effort : Effort.values()) {
            if (effort.name().toLowerCase(Locale.ROOT).equals(said)) {
                return effort;
            }
        }
        return null;
    }

    /** Takes the words of other houses out of a body for a server that refuses them. @return whether any went */
    public static boolean fit(ObjectNode body, String provider) {
        int before = body.size();
        foreign(provider).forEach(body::remove);
        return body.size() < before && own(provider).stream().noneMatch(body::has);
    }

    /** Whether a body says it in words of other houses, which a server gets as effort instead. */
    public static boolean translates(ObjectNode body, String provider) {
        return foreign(provider).stream().anyMatch(body::has) && read(body) != null;
    }

    private static List<String> foreign(String provider) {
        boolean refused = ProviderLimit.of(ProtocolNames.OPENAI, provider).contains(ProviderLimit.FOREIGN_REASONING);
        return refused
                ? WORDS.stream().filter(word -> !own(provider).contains(word)).toList()
                : List.of();
    }

    private static Set<String> own(String provider) {
        return HOUSES.getOrDefault(String.valueOf(provider), Set.of());
    }
}
