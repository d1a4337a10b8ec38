package io.camelback.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.camelback.lint.LintFinding.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake is seeded into the shipped bundle, and found where it stands; the shipped bundle has none. */
class BundleLinterTest {
    private static final String CONFIG = "config/camelback.yaml";
    private static final String PREMIUM = "routes/chains/premium.camel.yaml";
    private static final String STRICT = "routes/chains/strict.camel.yaml";
    private static final String LOCAL = "routes/chains/local.camel.yaml";
    private static final String API = "routes/api.camel.yaml";
    private static final String OPENAI = "kamelets/openai-chat-action.kamelet.yaml";
    private static final Function<String, String> ALL_KEYS = name -> name.endsWith("_API_KEY") ? "sk-lint" : null;

    private static Map<String, String> shipped() throws IOException {
        return new TreeMap<>(BundleSources.of(Path.of("")));
    }

    @Test
    void the_shipped_bundle_has_no_finding() throws IOException {
        assertThat(BundleLinter.lint(shipped(), ALL_KEYS)).isEmpty();
    }

    @Test
    @DisplayName("B28 timers of a chain that add up to more than a client waits for are told")
    void client_timeout() throws IOException {
        Map<String, String> files = shipped();
        files.computeIfPresent(
                CONFIG,
                (file, text) -> text.replace("headers: 20s, first-token: 20s,", "headers: 20s, first-token: 30s,"));

        assertThat(BundleLinter.lint(files, ALL_KEYS))
                .filteredOn(finding -> finding.rule().equals("client-timeout"))
                .extracting(LintFinding::file, LintFinding::severity)
                .contains(tuple(PREMIUM, Severity.WARNING))
                .doesNotContain(tuple(STRICT, Severity.WARNING));
    }

    @Test
    void what_is_wrong_with_the_configuration_hides_nothing_that_is_wrong_with_the_routes() throws IOException {
        Map<String, String> files = shipped();
        files.computeIfPresent(
                CONFIG,
                (file, text) -> text.replace("    model: gpt-6-sol\n    tier: 1", "    model: gpt-6-sol\n    tier: 7"));
        files.computeIfPresent(
                STRICT,
                (file, text) -> text.replace("anthropic-chat-action/claude-opus", "anthropic-chat-action/claude-opsu"));

        assertThat(BundleLinter.lint(files, ALL_KEYS))
                .extracting(LintFinding::rule, LintFinding::file)
                .contains(tuple("config", CONFIG), tuple("link-unknown", STRICT))
                .as("the deployment whose tier is wrong is there")
                .noneMatch(found -> found.toString().contains("asks gpt,"))
                .allMatch(found -> Set.of("config", "link-unknown").contains(found.toArray()[0]));
    }

    @Test
    void a_configuration_that_is_no_yaml_hides_nothing_that_is_wrong_with_a_route_by_itself() throws IOException {
        Map<String, String> files = shipped();
        files.put(CONFIG, "deployments: [");
        files.computeIfPresent(PREMIUM, (file, text) -> text.replace("    id: premium", "    id: [premium"));

        assertThat(BundleLinter.lint(files, ALL_KEYS))
                .extracting(LintFinding::rule)
                .containsExactlyInAnyOrder("config", "yaml");
    }

    /** A change of one file, and what must be found. */
    private static Arguments mistake(
            String name, String file, String old, String with, String rule, Severity severity, String... words) {
        return Arguments.of(Named.of(name, name), file, old, with, rule, severity, List.of(words));
    }

    private static Arguments error(String name, String file, String old, String with, String rule, String... words) {
        return mistake(name, file, old, with, rule, Severity.ERROR, words);
    }

    private static Arguments warning(String name, String file, String old, String with, String rule, String... words) {
        return mistake(name, file, old, with, rule, Severity.WARNING, words);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                error("a file that is no YAML", PREMIUM, "    id: premium", "    id: [premium", "yaml"),
                error(
                        "an unknown key in the configuration",
                        CONFIG,
                        "  stop-grace: 30s",
                        "  stop-grave: 30s",
                        "config",
                        "server.stop-grave",
                        "Did you mean stop-grace?"),
                error(
                        "a deployment of an unknown provider",
                        CONFIG,
                        "    provider: anthropic\n    model: claude-opus-5-5",
                        "    provider: antropic\n    model: claude-opus-5-5",
                        "config",
                        "antropic"),
                error(
                        "an alias that points nowhere",
                        CONFIG,
                        "  claude-*opus*: premium",
                        "  claude-*opus*: premum",
                        "alias",
                        "premum",
                        "premium"),
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
                        "mistake 4: a threshold so low that most goes to premium",
                        CONFIG,
                        "  threshold: 8",
                        "  threshold: 5",
                        "threshold-low",
                        "routing.threshold is 5",
                        "architecture",
                        "8"),
                warning(
                        "a deadline that the links cannot keep",
                        CONFIG,
                        "  premium: { deadline: 600s }",
                        "  premium: { deadline: 120s }",
                        "deadline-tight"),
                warning(
                        "B39 a model that thinks and may write next to nothing",
                        CONFIG,
                        "    context: 1_050_000\n    max-output: 128_000",
                        "    context: 1_050_000\n    max-output: 190",
                        "thinking-output",
                        "gpt",
                        "190"),
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
                warning(
                        "a link without a price",
                        CONFIG,
                        "    price: { input: 0.59, output: 0.79 }\n",
                        "",
                        "unpriced",
                        "groq-llama"),
                warning(
                        "prices the wrong way round",
                        CONFIG,
                        "price: { input: 0.59, output: 0.79 }",
                        "price: { input: 0.79, output: 0.59 }",
                        "price-swapped",
                        "groq-llama"),
                warning(
                        "a limit that leaves no room for a question",
                        CONFIG,
                        "    context: 200_000\n    max-output: 64_000",
                        "    context: 64_000\n    max-output: 64_000",
                        "context-output",
                        "claude-haiku"),
                warning(
                        "a cooldown that is none",
                        CONFIG,
                        "breaker: { failures: 5, cooldown: 60s }",
                        "breaker: { failures: 5, cooldown: 10ms }",
                        "breaker-cooldown"),
                warning(
                        "a key in the file",
                        CONFIG,
                        "providers: {}",
                        "providers:\n  acme: { base-url: \"https://llm.acme.example/v1\", api-key: sk-in-the-file }",
                        "key-in-file",
                        "{{env:NAME}}"),
                warning(
                        "a key sent in the clear",
                        CONFIG,
                        "providers: {}",
                        "providers:\n  acme: { base-url: \"http://llm.acme.example/v1\", api-key: \"{{env:ACME_API_KEY}}\" }",
                        "key-in-clear",
                        "acme"),
                error("two routes with one id", STRICT, "    id: strict", "    id: premium", "route-twice", PREMIUM),
                error(
                        "two routes that begin at one place",
                        STRICT,
                        "direct:strict",
                        "direct:premium",
                        "route-twice",
                        PREMIUM),
                warning("a chain with another id", STRICT, "    id: strict", "    id: loud", "chain-name", "strict"),
                error(
                        "a door without errors in its dialect",
                        API,
                        "    routeConfigurationId: endpoint\n",
                        "",
                        "endpoint-errors"),
                error("a door that holds streams back", API, "    streamCache: \"false\"\n", "", "endpoint-stream"),
                error(
                        "a door that does not reply",
                        API,
                        "        - process: { ref: camelback-response }\n\n",
                        "\n",
                        "endpoint-reply"),
                error(
                        "a Kamelet that asks nobody's leave",
                        OPENAI,
                        "        - process: { ref: camelback-admit }\n",
                        "",
                        "kamelet-admission"),
                error(
                        "a Kamelet that reads streams whole",
                        OPENAI,
                        "              disableStreamCache: true\n",
                        "",
                        "kamelet-call",
                        "disableStreamCache"),
                error(
                        "a Kamelet that follows redirects",
                        OPENAI,
                        "followRedirects: false",
                        "followRedirects: true",
                        "kamelet-call",
                        "followRedirects"),
                error(
                        "a Kamelet under another name",
                        OPENAI,
                        "  name: openai-chat-action",
                        "  name: openai-action",
                        "kamelet-name",
                        "openai-chat-action"),
                error(
                        "a Kamelet that takes bytes for an answer",
                        OPENAI,
                        "        - process: { ref: camelback-from-openai }\n",
                        "",
                        "kamelet-answer"));
    }

    private static String text(String file) {
        try {
            return shipped().get(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String alone() {
        return """
                - route:
                    id: strict
                    from:
                      uri: direct:strict
                      steps:
                        - circuitBreaker:
                            resilience4jConfiguration: { circuitBreaker: gpt, throwExceptionWhenHalfOpenOrOpenState: "true" }
                            steps:
                              - to: kamelet:openai-chat-action/gpt
                """;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void mistakes(String name, String file, String old, String with, String rule, Severity severity, List<String> words)
            throws IOException {
        Map<String, String> files = shipped();
        String before = files.get(file);
        assertThat(before).as("the place to seed the mistake").contains(old);
        int at = before.indexOf(old);
        files.put(file, before.substring(0, at) + with + before.substring(at + old.length()));

        List<LintFinding> findings = BundleLinter.lint(files, ALL_KEYS);

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.file()).isEqualTo(file);
            assertThat(finding.severity()).isEqualTo(severity);
            words.forEach(word -> assertThat(finding.text()).contains(word));
            assertThat(finding.fix()).isNotBlank();
        });
        if (!rule.equals("yaml")) {
            assertThat(findings)
                    .filteredOn(finding -> finding.rule().equals(rule))
                    .allSatisfy(finding -> assertThat(finding.line())
                            .as("line of " + finding.text())
                            .isPositive());
        }
    }

    @Test
    void a_file_that_is_not_loaded_is_named() throws IOException {
        Map<String, String> files = shipped();
        files.put("routes/chains/mine.yaml", files.get(STRICT));

        assertThat(BundleLinter.lint(files, ALL_KEYS)).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("file-ignored");
            assertThat(finding.fix()).contains("mine.camel.yaml");
        });
    }

    @Test
    void a_chain_without_a_key_is_told_once_and_with_the_variables() throws IOException {
        Map<String, String> some = new HashMap<>(Map.of("ANTHROPIC_API_KEY", "sk-lint", "OPENAI_API_KEY", "sk-lint"));
        assertThat(BundleLinter.lint(shipped(), some::get)).isEmpty();

        assertThat(BundleLinter.lint(shipped(), name -> null))
                .extracting(LintFinding::rule)
                .containsOnly("chain-keyless");
        assertThat(BundleLinter.lint(shipped(), name -> null))
                .filteredOn(finding -> finding.file().equals(STRICT))
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix()).contains("ANTHROPIC_API_KEY", "OPENAI_API_KEY"));
    }

    @Test
    void no_finding_repeats_a_key() throws IOException {
        Map<String, String> files = shipped();
        files.put(
                CONFIG,
                files.get(CONFIG)
                        .replace(
                                "providers: {}",
                                "providers:\n  acme: { base-url: \"https://llm.acme.example/v1\", api-key: sk-canary }"));

        assertThat(BundleLinter.lint(files, ALL_KEYS))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.text()).doesNotContain("sk-canary"));
    }
}
