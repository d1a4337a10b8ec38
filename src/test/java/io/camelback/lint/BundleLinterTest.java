package io.camelback.lint;

import static io.camelback.lint.BundleMistakes.CONFIG;
import static io.camelback.lint.BundleMistakes.PREMIUM;
import static io.camelback.lint.BundleMistakes.STRICT;
import static io.camelback.lint.BundleMistakes.shipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.camelback.lint.LintFinding.Severity;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake is seeded into the shipped bundle, and found where it stands; the shipped bundle has none. */
class BundleLinterTest {
    private static final Function<String, String> ALL_KEYS = name -> name.endsWith("_API_KEY") ? "sk-lint" : null;

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

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "io.camelback.lint.ConfigMistakes#all",
        "io.camelback.lint.ChainMistakes#all",
        "io.camelback.lint.EndpointMistakes#all"
    })
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
