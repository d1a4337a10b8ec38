package io.camelback.config.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.camelback.config.yaml.ConfigException;
import io.camelback.testkit.ConfigReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake an operator can make, and what is said about it, to the letter: fixtures/config/bad-files.txt. */
class InvalidConfigTest {
    private static final String GOOD = "deployments: { a: { provider: local, model: m } }\n";

    /** @param problems each as {@code 12: path: message. Fix}, without the file's name */
    record Case(String name, String yaml, List<String> problems) {
        @Override
        public String toString() {
            return name;
        }

        /** The name, the file, a line of {@code >>>>}, the problems. */
        static Case of(String text) {
            String[] parts = text.split(">>>>\n", 2);
            String[] file = parts[0].split("\n", 2);
            return new Case(file[0], file[1], parts[1].strip().lines().toList());
        }
    }

    static Stream<Case> files() throws IOException {
        try (InputStream fixtures = InvalidConfigTest.class.getResourceAsStream("/fixtures/config/bad-files.txt")) {
            String all = new String(fixtures.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(all.split("(?m)^==== ")).skip(1).map(Case::of).toList().stream();
        }
    }

    static Stream<Case> hostile_files() {
        String invalid = "is not valid YAML: ";
        String simpler = "Make the file simpler";
        return Stream.of(
                new Case(
                        "control character",
                        "# fine\n" + GOOD + "server: \u0007\n",
                        List.of("3: " + invalid
                                + "it holds a character that YAML does not allow. Remove control characters")),
                new Case(
                        "nested without end",
                        GOOD + "server: " + "[".repeat(50_000),
                        List.of("2: is nested more than 30 levels deep. Reduce the nesting")),
                new Case(
                        "aliases without end",
                        GOOD + "server: &a [1]\nproviders: [" + "*a, ".repeat(60) + "*a]\n",
                        List.of("1: " + invalid
                                + "Number of aliases for non-scalar nodes exceeds the specified max=50. " + simpler)),
                new Case(
                        "larger than a megabyte",
                        "# " + "x".repeat(1 << 20) + "\n" + GOOD,
                        List.of("1: " + invalid + "The incoming YAML document exceeds the limit: 1048576 code points. "
                                + simpler)),
                new Case(
                        "a mapping inside itself",
                        GOOD + "server: &a { workers: *a }\n",
                        List.of(
                                "2: server.workers: must be a single value. Write it behind the colon, on the same line")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"files", "hostile_files"})
    void is_refused_with_line_path_and_fix(Case bad) {
        String expected = bad.problems().stream()
                .map(problem -> ConfigReading.FILE + ":" + problem)
                .collect(Collectors.joining("\n"));
        assertThat(refused(bad.yaml(), Map.of())).hasMessage(expected);
    }

    @Test
    void all_problems_are_told_at_once_in_the_order_of_the_file() {
        ConfigException refused = refused("""
                server: { workers: none }
                defaults: { breaker: { cooldown: 60 } }
                providers: { acme: { base-url: nowhere } }
                deployments:
                  a: { provider: acme, model: m, tier: first, price: { input: much }, retries: 1 }
                  b: { provider: acne, model: '' }
                aliases:
                  gpt-*: [a]
                """, Map.of("GROQ_BASE_URL", "somewhere"));
        assertThat(refused.problems())
                .extracting(problem -> problem.line() + " " + problem.path())
                .containsExactly(
                        "0 GROQ_BASE_URL",
                        "1 server.workers",
                        "2 defaults.breaker.cooldown",
                        "3 providers.acme.base-url",
                        "5 deployments.a.retries",
                        "5 deployments.a.price.input",
                        "5 deployments.a.tier",
                        "6 deployments.b.provider",
                        "6 deployments.b.model",
                        "8 aliases.gpt-*");
        assertThat(refused.getMessage().lines())
                .hasSize(10)
                .first()
                .asString()
                .startsWith("environment: GROQ_BASE_URL: is not an http or https address. ");
    }

    private static ConfigException refused(String yaml, Map<String, String> environment) {
        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> ConfigReading.read(yaml, environment));
        assertThat(refused).as("refused").isNotNull();
        return refused;
    }
}
