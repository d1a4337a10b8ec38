package io.camelback.lint;

import static io.camelback.lint.BundleMistakes.LOCAL;
import static io.camelback.lint.BundleMistakes.PREMIUM;
import static io.camelback.lint.BundleMistakes.STRICT;
import static io.camelback.lint.BundleMistakes.alone;
import static io.camelback.lint.BundleMistakes.error;
import static io.camelback.lint.BundleMistakes.text;
import static io.camelback.lint.BundleMistakes.warning;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Mistakes in the routes of chains. */
final class ChainMistakes {
    private ChainMistakes() {}

    static Stream<Arguments> all() {
        return Stream.of(
                error("a file that is no YAML", PREMIUM, "    id: premium", "    id: [premium", "yaml"),
                error(
                        "a link to a deployment that is not there",
                        PREMIUM,
                        "gemini-chat-action/gemini-pro",
                        "gemini-chat-action/gemini-prp",
                        "link-unknown",
                        "gemini-prp"),
                error(
                        "a link without a deployment",
                        PREMIUM,
                        "gemini-chat-action/gemini-pro",
                        "gemini-chat-action",
                        "link-unknown",
                        "names no deployment"),
                error(
                        "a Kamelet that does not speak the deployment's dialect",
                        PREMIUM,
                        "anthropic-chat-action/claude-opus",
                        "openai-chat-action/claude-opus",
                        "link-dialect",
                        "kamelet:anthropic-chat-action/claude-opus"),
                error(
                        "a chain that is not there",
                        PREMIUM,
                        "direct:balanced",
                        "direct:balancd",
                        "link-unknown",
                        "balancd"),
                error(
                        "a link outside of a breaker",
                        PREMIUM,
                        "- to: direct:balanced",
                        "- to: kamelet:anthropic-chat-action/claude-sonnet",
                        "link-unguarded",
                        "claude-sonnet"),
                error(
                        "a breaker with the name of another deployment",
                        PREMIUM,
                        "{ circuitBreaker: gpt }",
                        "{ circuitBreaker: claude-sonnet }",
                        "breaker-other",
                        "gpt",
                        "claude-sonnet"),
                error(
                        "a breaker that belongs to nobody",
                        PREMIUM,
                        "{ circuitBreaker: gpt }",
                        "{ circuitBreaker: gtp }",
                        "breaker-unknown",
                        "gtp"),
                error(
                        "a breaker of its own",
                        PREMIUM,
                        "            resilience4jConfiguration: { circuitBreaker: claude-opus }\n",
                        "",
                        "breaker-unshared"),
                error(
                        "an open breaker that answers with the request",
                        STRICT,
                        "{ circuitBreaker: gpt, throwExceptionWhenHalfOpenOrOpenState: \"true\" }",
                        "{ circuitBreaker: gpt }",
                        "breaker-silent",
                        "throwExceptionWhenHalfOpenOrOpenState"),
                error(
                        "exceptions that vanish",
                        PREMIUM,
                        "{ circuitBreaker: gpt }",
                        "{ circuitBreaker: gpt, ignoreException: [java.lang.Exception] }",
                        "breaker-swallows"),
                error(
                        "a key that Camel never reads",
                        PREMIUM,
                        "resilience4jConfiguration: { circuitBreaker: gpt }",
                        "resilience4jConfiguration: { circuitBreaker: gpt }\n                    config: mine",
                        "breaker-key",
                        "config"),
                warning(
                        "a setting that does nothing",
                        PREMIUM,
                        "{ circuitBreaker: gpt }",
                        "{ circuitBreaker: gpt, failureRateThreshold: 30 }",
                        "breaker-setting",
                        "failureRateThreshold"),
                warning(
                        "a timeout that cuts streams",
                        PREMIUM,
                        "{ circuitBreaker: gpt }",
                        "{ circuitBreaker: gpt, timeoutEnabled: true }",
                        "breaker-timeout"),
                error(
                        "a chain inside a breaker",
                        PREMIUM,
                        "- to: kamelet:gemini-chat-action/gemini-pro",
                        "- to: direct:balanced",
                        "breaker-around-chain",
                        "balanced"),
                error(
                        "a fallback without steps",
                        LOCAL,
                        "                        - to: kamelet:cached-answer-action\n"
                                + "                        - to: kamelet:degraded-answer-action",
                        "",
                        "breaker-empty"),
                warning(
                        "two steps that both ask",
                        PREMIUM,
                        "              - to: kamelet:anthropic-chat-action/claude-opus\n",
                        "              - to: kamelet:anthropic-chat-action/claude-opus\n              - to: direct:economy\n",
                        "answered-twice"),
                error(
                        "a circle of chains",
                        "routes/chains/economy.camel.yaml",
                        "direct:local",
                        "direct:balanced",
                        "chain-cycle",
                        "economy -> balanced -> economy"),
                error(
                        "a link behind the fixed answer",
                        LOCAL,
                        "                        - to: kamelet:degraded-answer-action",
                        "                        - to: kamelet:degraded-answer-action\n                        - log: told\n"
                                + "                        - to: direct:deepseek",
                        "link-unreached"),
                warning(
                        "a deployment that is asked twice",
                        PREMIUM,
                        "- to: direct:balanced",
                        "- circuitBreaker:\n                                    resilience4jConfiguration: { circuitBreaker: gpt,"
                                + " throwExceptionWhenHalfOpenOrOpenState: \"true\" }\n                                    steps:\n"
                                + "                                      - to: kamelet:openai-chat-action/gpt",
                        "link-repeated",
                        "gpt"),
                warning("mistake 1: nobody to escalate to", STRICT, text(STRICT), alone(), "no-escalation", "gpt"),
                warning(
                        "mistake 2: a premium model in the free layer",
                        "routes/chains/agent.camel.yaml",
                        "{ circuitBreaker: openai-4o-mini }\n            steps:\n              - to: kamelet:openai-chat-action/openai-4o-mini",
                        "{ circuitBreaker: claude-sonnet }\n            steps:\n"
                                + "              - to: kamelet:anthropic-chat-action/claude-sonnet",
                        "paid-in-free-layer",
                        "claude-sonnet"),
                warning(
                        "mistake 3: one provider for everything",
                        STRICT,
                        "{ circuitBreaker: claude-opus }\n            steps:\n              - to: kamelet:anthropic-chat-action/claude-opus",
                        "{ circuitBreaker: gpt-mini }\n            steps:\n              - to: kamelet:openai-chat-action/gpt-mini",
                        "one-provider",
                        "openai"),
                warning(
                        "nobody else who sees images",
                        STRICT,
                        "gpt, throwExceptionWhenHalfOpenOrOpenState: \"true\" }\n                    steps:\n"
                                + "                      - to: kamelet:openai-chat-action/gpt",
                        "deepseek, throwExceptionWhenHalfOpenOrOpenState: \"true\" }\n                    steps:\n"
                                + "                      - to: kamelet:openai-chat-action/deepseek",
                        "capability-alone",
                        "vision"),
                warning(
                        "nobody else with a long memory",
                        STRICT,
                        "gpt, throwExceptionWhenHalfOpenOrOpenState: \"true\" }\n                    steps:\n"
                                + "                      - to: kamelet:openai-chat-action/gpt",
                        "groq-llama, throwExceptionWhenHalfOpenOrOpenState: \"true\" }\n                    steps:\n"
                                + "                      - to: kamelet:openai-chat-action/groq-llama",
                        "context-alone"),
                error("two routes with one id", STRICT, "    id: strict", "    id: premium", "route-twice", PREMIUM),
                error(
                        "two routes that begin at one place",
                        STRICT,
                        "direct:strict",
                        "direct:premium",
                        "route-twice",
                        PREMIUM),
                warning("a chain with another id", STRICT, "    id: strict", "    id: loud", "chain-name", "strict"));
    }
}
