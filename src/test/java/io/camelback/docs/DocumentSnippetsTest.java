package io.camelback.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.camelback.cli.RootCommand;
import io.camelback.docs.MarkdownPage.Snippet;
import io.camelback.lint.BundleLinter;
import io.camelback.lint.BundleSources;
import io.camelback.lint.LintFinding;
import io.camelback.testkit.ConfigSchemas;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;

/**
 * Every snippet of the documentation is what it says it is: configuration is laid over the shipped one and checked by
 * lint, routes are checked as a chain, commands have options that exist, JSON parses.
 */
class DocumentSnippetsTest {
    private static final String CONFIG = "config/camelback.yaml";
    private static final Pattern COMMAND = Pattern.compile("(?m)^((?:[A-Z_]+=\\S+ +)*)bin/camelback +(.*)$");
    private static final Pattern SETTING = Pattern.compile("(?:export )?[A-Z_]+=\\S*");
    /** Programs that a reader of the page has. */
    private static final Set<String> PROGRAMS = Set.of(
            "bin/camelback",
            "curl",
            "claude",
            "codex",
            "mvn",
            "./mvnw",
            "git",
            "java",
            "camel",
            "export",
            "tar",
            "cd",
            "kill",
            "npm",
            "pip",
            "psql",
            "kubectl",
            "cat",
            "mount",
            "ls",
            "umount",
            "sqlite3",
            "chmod");

    static Stream<Snippet> snippets() {
        return MarkdownPage.all().stream().flatMap(page -> page.snippets().stream());
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void is_what_it_says(Snippet snippet) throws IOException {
        switch (snippet.language()) {
            case "yaml" -> yaml(snippet);
            case "json" ->
                assertThat(new ObjectMapper().readTree(snippet.code())).isNotNull();
            case "sh" -> commands(snippet);
            case "python", "js", "java", "toml", "properties", "xml", "sql", "text", "console", "" ->
                assertThat(snippet.code()).isNotBlank();
            default -> fail("A test of " + snippet.language() + " snippets is missing");
        }
    }

    private static void commands(Snippet snippet) {
        for (String line : snippet.code()
                .replace("\\\n", " ")
                .lines()
                .filter(line -> !line.isBlank())
                .toList()) {
            String first = Arrays.stream(line.trim().split("\\s+"))
                    .filter(word -> !SETTING.matcher(word).matches())
                    .findFirst()
                    .orElse("export");
            assertThat(line.startsWith("#") || PROGRAMS.contains(first))
                    .as(line)
                    .isTrue();
        }
        Matcher command = COMMAND.matcher(snippet.code().replace("\\\n", " "));
        while (command.find()) {
            List<String> words = new ArrayList<>(List.of(
                    command.group(2).replaceAll("\\s+[|>#&].*", "").trim().split("\\s+")));
            CommandLine.ParseResult parsed = new CommandLine(new RootCommand())
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .parseArgs(words.toArray(String[]::new));
            assertThat(parsed.hasSubcommand()).as(command.group()).isTrue();
        }
    }

    private static void yaml(Snippet snippet) throws IOException {
        Object yaml = load(snippet.code());
        Map<String, String> files = new TreeMap<>(BundleSources.of(Path.of("")));
        if (yaml instanceof List<?> steps) {
            route(files, steps);
        } else if (yaml instanceof Map<?, ?> settings && configuration(settings)) {
            assertThat(ConfigSchemas.problems(snippet.code())).isEmpty();
            files.put(CONFIG, dump(merged(map(load(files.get(CONFIG))), map(settings))));
        } else {
            return;
        }
        assertThat(BundleLinter.lint(
                        files, name -> name.endsWith("_API_KEY") || name.endsWith("_PASSWORD") ? "set" : null))
                .filteredOn(finding -> finding.severity() == LintFinding.Severity.ERROR)
                .isEmpty();
    }

    /** Other YAML there is: Kamelets, Kubernetes, Compose, Prometheus. */
    private static boolean configuration(Map<?, ?> settings) {
        return Set.of("apiVersion", "services", "groups", "scrape_configs", "startupProbe").stream()
                .noneMatch(settings::containsKey);
    }

    private static void route(Map<String, String> files, List<?> steps) {
        boolean whole = steps.get(0) instanceof Map<?, ?> first && first.containsKey("route");
        List<?> routes = whole
                ? steps
                : List.of(Map.of(
                        "route", Map.of("id", "snippet", "from", Map.of("uri", "direct:snippet", "steps", steps))));
        for (Object one : routes) {
            Map<String, Object> route = map(map(one).get("route"));
            String id = String.valueOf(route.get("id"));
            files.keySet().removeIf(file -> file.equals("routes/chains/" + id + ".camel.yaml"));
            files.put("routes/chains/" + id + ".camel.yaml", dump(List.of(one)));
        }
    }

    private static Map<String, Object> merged(Map<String, Object> base, Map<String, Object> over) {
        Map<String, Object> all = new LinkedHashMap<>(base);
        over.forEach((key, value) -> all.merge(
                key,
                value,
                (old, fresh) ->
                        old instanceof Map<?, ?> && fresh instanceof Map<?, ?> ? merged(map(old), map(fresh)) : fresh));
        return all;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static Object load(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    private static String dump(Object value) {
        return new Dump(DumpSettings.builder().build()).dumpToString(value);
    }
}
