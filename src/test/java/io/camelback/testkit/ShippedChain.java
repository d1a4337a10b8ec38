package io.camelback.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The chains as they are shipped: who is asked, in which order, and whether there is an answer when all are down. */
public enum ShippedChain {
    LOCAL(true, "local-qwen", "local-llama"),
    ECONOMY(LOCAL, "deepseek", "groq-llama", "mistral-small"),
    BALANCED(ECONOMY, "claude-sonnet", "gpt-mini", "gemini-flash"),
    AUTO(ECONOMY),
    PREMIUM(BALANCED, "claude-opus", "gpt", "gemini-pro"),
    STRICT(false, "claude-opus", "gpt"),
    AGENT_PREMIUM(false, "claude-haiku", "openai-4o"),
    AGENT_BUDGET(AGENT_PREMIUM, "glm-nano", "minimax"),
    AGENT_FREE(AGENT_BUDGET, "openai-4o-mini", "gemini-flash", "deepseek"),
    AGENT(AGENT_FREE);

    public final List<String> links;
    /** Whether it ends in a static answer, rather than in an error. */
    public final boolean degrades;

    ShippedChain(boolean degrades, String... links) {
        this.links = List.of(links);
        this.degrades = degrades;
    }

    ShippedChain(ShippedChain next, String... first) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(next.links);
        this.links = List.copyOf(all);
        this.degrades = next.degrades;
    }

    /** What callers write into the model field. */
    public String model() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String first() {
        return links.get(0);
    }

    String second() {
        return links.get(1);
    }

    @Override
    public String toString() {
        return model();
    }
}
