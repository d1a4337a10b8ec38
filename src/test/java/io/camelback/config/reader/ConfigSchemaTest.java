package io.camelback.config.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.testkit.ConfigSchemas;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * config/camelback.schema.json is what the readers take. {@code mvn -Dtest=ConfigSchemaTest -Dcamelback.golden=write
 * test} writes it anew.
 */
class ConfigSchemaTest {
    private static final Path FILE = Path.of("config/camelback.schema.json");
    private static final String BUDGET =
            "{ day: 1, week: 1, month: 1, alert: [80], pre-empt: { at: 90, reserved-for: [a] } }";
    private static final String PERIODS = "{ minute: 1, hour: 1, day: 1, month: 1 }";
    private static final String PRICE = "{ input: 1, above: { 200_000: { input: 1 } },"
            + " tiers: { priority: { input: 1, above: { 200_000: { input: 1 } } } }, tool-calls: { web-search: 1 } }";
    /** Everything that the readers only ask for when something stands there. */
    private static final List<String> SPECIMENS =
            List.of("""
            keys: required
            limits: {}
            ledger: { file: a }
            aliases: { any-name: a }
            providers:
              any-name: { base-url: "http://localhost/v1", api-key: a, unsupported: [], headers: { any-name: a } }
            deployments:
              any-name:
                provider: any-name
                model: a
                capabilities: []
                price: PRICE
                breaker: { rate: 50 }
                budget: BUDGET
                limits: { requests: PERIODS, tokens: PERIODS }
            defaults: { breaker: { rate: 50 } }
            chains: { any-name: { on-exhausted: notify-and-wait, budget: BUDGET } }
            budgets: { alert: [80], total: BUDGET }
            layers: { any-name: { deployments: [any-name], budget: BUDGET } }
            routing: { tasks: { any-name: { chain: a, words: { en: [a] } } } }
            """.replace("BUDGET", BUDGET).replace("PERIODS", PERIODS).replace("PRICE", PRICE), "ledger: off\n");

    private static ObjectNode schema(ConfigSchema maker) {
        return maker.of(SPECIMENS);
    }

    private static ConfigSchema maker() throws IOException {
        Properties properties = new Properties();
        try (Reader in = new InputStreamReader(
                ConfigSchemaTest.class.getResourceAsStream("/config-schema/descriptions.properties"),
                StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        Map<String, String> descriptions = new TreeMap<>();
        properties.stringPropertyNames().forEach(path -> descriptions.put(path, properties.getProperty(path)));
        return new ConfigSchema(descriptions);
    }

    @Test
    void the_file_is_what_the_readers_take() throws IOException {
        String made = JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(schema(maker()))
                + "\n";
        if ("write".equals(System.getProperty("camelback.golden"))) {
            Files.writeString(FILE, made);
        }

        assertThat(Files.readString(FILE)).isEqualTo(made);
    }

    @Test
    void every_description_is_a_key_s() throws IOException {
        ConfigSchema maker = maker();
        schema(maker);

        assertThat(maker.unusedDescriptions()).isEmpty();
    }

    @Test
    void the_shipped_file_names_the_schema_and_keeps_to_it() throws IOException {
        String yaml = Files.readString(Path.of("config/camelback.yaml"));

        assertThat(yaml).startsWith("# yaml-language-server: $schema=camelback.schema.json\n");
        assertThat(ConfigSchemas.problems(yaml)).isEmpty();
    }

    /** What no schema can say: files that are no YAML, names that belong together, and what a text itself means. */
    @Test
    void every_bad_file_breaks_it_or_is_known_to_be_beyond_it() throws IOException {
        Set<String> beyond =
                new TreeSet<>(Files.readAllLines(Path.of("src/test/resources/config-schema/beyond-a-schema.txt")));
        Set<String> passing = new TreeSet<>();
        List<String> caught = new ArrayList<>();
        for (InvalidConfigTest.Case bad : InvalidConfigTest.files().toList()) {
            List<String> problems;
            try {
                problems = ConfigSchemas.problems(bad.yaml());
            } catch (YamlEngineException noYaml) {
                problems = List.of(noYaml.getMessage());
            }
            if (problems.isEmpty()) {
                passing.add(bad.name());
            } else {
                caught.add(bad.name());
            }
        }
        if ("write".equals(System.getProperty("camelback.golden"))) {
            Files.write(Path.of("src/test/resources/config-schema/beyond-a-schema.txt"), passing);
            beyond = passing;
        }

        assertThat(passing).isEqualTo(beyond);
        assertThat(caught).hasSizeGreaterThan(30);
    }

    @Test
    void what_a_placeholder_becomes_is_left_to_the_gateway() {
        assertThat(ConfigSchemas.problems("server: { workers: \"{{env:WORKERS:8}}\", stop-grace: \"{{env:GRACE}}\" }"))
                .isEmpty();
        assertThat(ConfigSchemas.problems("server: { workers: many }")).isNotEmpty();
    }

    @Test
    void a_misspelt_key_a_wrong_unit_and_a_word_that_is_none_are_found() {
        for (String wrong : List.of(
                "sever: {}",
                "server: { worker: 1 }",
                "server: { stop-grace: 30 }",
                "deployments: { a: { provider: local, model: m, capabilities: [telepathy] } }",
                "deployments: { a: { provider: local } }",
                "limits: { memory: 40 }",
                "deployments: { a: { provider: local, model: m, tier: 4 } }")) {
            assertThat(ConfigSchemas.problems(wrong)).as(wrong).isNotEmpty();
        }
    }
}
