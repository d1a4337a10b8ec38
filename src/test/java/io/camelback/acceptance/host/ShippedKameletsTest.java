package io.camelback.acceptance.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The shipped Kamelets keep the rules of Camel's own catalogue, so that they open in its tools. */
public class ShippedKameletsTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^}:]+)(:[^}]*)?}}");

    /** A Kamelet's file, named for the list of tests. */
    record Kamelet(Path file, JsonNode yaml) {
        String name() {
            return yaml.at("/metadata/name").asText();
        }

        JsonNode definition() {
            return yaml.at("/spec/definition");
        }

        Map<String, JsonNode> properties() {
            return Map.copyOf(Json.to(definition().path("properties"), Nodes.class));
        }

        @Override
        public String toString() {
            return file.getFileName().toString();
        }
    }

    /** For Jackson, which needs a name for the type. */
    static final class Nodes extends TreeMap<String, JsonNode> {
        private static final long serialVersionUID = 1L;
    }

    public static JsonNode yaml(Path file) {
        try {
            return Json.of(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(folder))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    static List<Kamelet> kamelets() throws IOException {
        return files("kamelets", "").stream()
                .map(file -> new Kamelet(file, yaml(file)))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kamelets")
    void is_named_after_what_it_is(Kamelet kamelet) {
        assertThat(kamelet.file().getFileName()).hasToString(kamelet.name() + ".kamelet.yaml");
        assertThat(kamelet.name()).matches("[a-z]+(-[a-z]+)*-action");
        assertThat(kamelet.yaml().path("kind").asText()).isEqualTo("Kamelet");
        assertThat(kamelet.yaml()
                        .at("/metadata/labels")
                        .path("camel.apache.org/kamelet.type")
                        .asText())
                .isEqualTo("action");
        assertThat(kamelet.yaml().at("/spec/template/from/uri").asText()).isEqualTo("kamelet:source");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kamelets")
    void says_what_it_and_its_properties_are(Kamelet kamelet) {
        assertThat(kamelet.definition().path("type").asText()).isEqualTo("object");
        assertSentence(kamelet.definition());
        kamelet.properties().values().forEach(ShippedKameletsTest::assertSentence);
        kamelet.properties().forEach((name, property) -> {
            assertThat(name).matches("[a-z]+([A-Z][a-z]+)*");
            assertThat(property.path("type").asText()).as("type of " + name).isIn("string", "integer", "boolean");
        });
        kamelet.definition()
                .path("required")
                .forEach(name -> assertThat(kamelet.properties()).containsKey(name.asText()));
    }

    private static void assertSentence(JsonNode described) {
        assertThat(described.path("title").asText()).matches("([A-Z]\\S*)( \\S+)*");
        assertThat(described.path("description").asText()).matches(Pattern.compile("[A-Z].*\\.", Pattern.DOTALL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kamelets")
    void marks_its_secrets(Kamelet kamelet) {
        kamelet.properties().forEach((name, property) -> {
            boolean secret = name.matches("(?i).*(key|password|secret|token).*");
            assertThat(property.path("format").asText().equals("password"))
                    .as(name + " is a password")
                    .isEqualTo(secret);
            assertThat(property.path("x-descriptors").toString().equals("[\"urn:camel:group:credentials\"]"))
                    .as(name + " is among the credentials")
                    .isEqualTo(secret);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kamelets")
    void declares_what_its_template_uses_and_nothing_else(Kamelet kamelet) {
        Set<String> used = new TreeSet<>();
        Matcher placeholder = PLACEHOLDER.matcher(Json.text(kamelet.yaml().at("/spec/template")));
        while (placeholder.find()) {
            used.add(placeholder.group(1));
        }

        assertThat(used).isEqualTo(new TreeSet<>(kamelet.properties().keySet()));
    }

    @Test
    void no_two_kamelets_are_called_or_described_alike() throws IOException {
        List<Function<Kamelet, String>> words = List.of(
                Kamelet::name,
                one -> one.definition().path("title").asText(),
                one -> one.definition().path("description").asText());

        assertThat(kamelets()).hasSizeGreaterThan(3);
        for (Function<Kamelet, String> word : words) {
            assertThat(kamelets().stream().map(word)).doesNotHaveDuplicates();
        }
    }
}
