package io.camelback.testkit;

import java.util.List;

/**
 * For each provider dialect a chain and a link of it: who is to be cooling down so that this link comes first, and who
 * comes next.
 */
public enum ProtocolChains {
    OPENAI("economy", "deepseek", "groq-llama"),
    ANTHROPIC("premium", "claude-opus", "gpt"),
    GEMINI("balanced", "gemini-flash", "deepseek", "claude-sonnet", "gpt-mini");

    public final String chain;
    public final String link;
    public final String next;
    private final List<String> before;

    ProtocolChains(String chain, String link, String next, String... before) {
        this.chain = chain;
        this.link = link;
        this.next = next;
        this.before = List.of(before);
    }

    /** Makes {@link #link} the first of the chain that is asked. */
    public void first(GatewayTestCase drill) {
        drill.coolDown(before);
    }
}
