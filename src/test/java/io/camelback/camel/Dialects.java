package io.camelback.camel;

import java.util.List;

/** For each provider dialect a chain and a link of it: who is to be parked so that this link comes first, and who comes next. */
enum Dialects {
    OPENAI("economy", "deepseek", "groq-llama"),
    ANTHROPIC("premium", "claude-opus", "gpt"),
    GEMINI("balanced", "gemini-flash", "deepseek", "claude-sonnet", "gpt-mini");

    final String chain;
    final String link;
    final String next;
    private final List<String> before;

    Dialects(String chain, String link, String next, String... before) {
        this.chain = chain;
        this.link = link;
        this.next = next;
        this.before = List.of(before);
    }

    /** Makes {@link #link} the first of the chain that is asked. */
    void first(Drill drill) {
        drill.park(before);
    }
}
