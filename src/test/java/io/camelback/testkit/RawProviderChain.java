package io.camelback.testkit;

import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * For each provider dialect a chain {@code raw-…} of two links: a {@link FixedBytesProvider}'s {@code first-…}, then
 * the simulated gpt.
 */
public enum RawProviderChain {
    OPENAI("openai-chat-action", ""),
    ANTHROPIC("anthropic-chat-action", ""),
    GEMINI("gemini-chat-action", ""),
    RESPONSES("openai-responses-action", ", api: responses");

    public static final String NEXT = "gpt";

    /** The next link's timers: it is well, however busy the machine is. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    public final String chain = "raw-" + name().toLowerCase(Locale.ROOT);
    public final String link = "first-" + name().toLowerCase(Locale.ROOT);
    private final String kamelet;
    private final String api;

    RawProviderChain(String kamelet, String api) {
        this.kamelet = kamelet;
        this.api = api;
    }

    /**
     * A gateway with these chains beside the shipped ones.
     *
     * @param timer how long the first links may be silent
     */
    public static GatewayTestCase drill(FixedBytesProvider provider, Duration timer, UnaryOperator<String> edit) {
        GatewayTestCase drill = GatewayTestCase.edited(
                config -> edit.apply(configured(GatewayTestCase.patient(config, PATIENT), provider, timer)));
        for (RawProviderChain link : values()) {
            drill.with("routes/chains/" + link.chain + ".camel.yaml", link.route());
        }
        return drill;
    }

    private static String configured(String config, FixedBytesProvider provider, Duration timer) {
        String timers = String.format(", timeouts: { first-token: %1$dms, idle: %1$dms }", timer.toMillis());
        StringBuilder providers = new StringBuilder("providers:\n");
        StringBuilder deployments = new StringBuilder("deployments:\n");
        for (RawProviderChain link : values()) {
            String dialect = link == RESPONSES ? "openai" : link.name().toLowerCase(Locale.ROOT);
            providers
                    .append("  ")
                    .append(link.chain)
                    .append(": { dialect: ")
                    .append(dialect)
                    .append(", base-url: \"")
                    .append(provider.url())
                    .append(dialect.equals("openai") ? "/v1" : "")
                    .append("\", api-key: raw-key }\n");
            deployments
                    .append("  ")
                    .append(link.link)
                    .append(": { provider: ")
                    .append(link.chain)
                    .append(", model: raw, tier: 1, price: { input: 1, output: 2 }")
                    .append(link.api)
                    .append(timers)
                    .append(" }\n");
        }
        return config.replace("\nproviders: {}\n", "\n" + providers).replace("\ndeployments:\n", "\n" + deployments);
    }

    private String route() {
        return """
                - route:
                    id: %1$s
                    from:
                      uri: direct:%1$s
                      steps:
                        - circuitBreaker:
                            resilience4jConfiguration: { circuitBreaker: %2$s }
                            steps:
                              - to: kamelet:%3$s/%2$s
                            onFallback:
                              steps:
                                - circuitBreaker:
                                    resilience4jConfiguration: { circuitBreaker: gpt, throwExceptionWhenHalfOpenOrOpenState: "true" }
                                    steps:
                                      - to: kamelet:openai-chat-action/gpt
                """.formatted(chain, link, kamelet);
    }
}
