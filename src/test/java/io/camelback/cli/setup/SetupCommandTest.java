package io.camelback.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code bin/camelback setup} says, and what it refuses. */
class SetupCommandTest extends SetupTestCase {
    @ParameterizedTest(name = "{0}")
    @EnumSource(SetupClient.class)
    void a_dry_run_writes_nothing_and_asks_no_provider(SetupClient client) throws Exception {
        assertThat(run(client.toString(), "--url", url, "--dry-run", "--json")).isZero();

        JsonNode told = Json.read(out.toString());
        assertThat(told.path("written").asBoolean(true)).isFalse();
        assertThat(told.path("chains")).extracting(JsonNode::asText).contains("premium", "balanced");
        assertThat(told.toString()).contains(url);
        assertThat(user).isEmptyDirectory();
        assertThat(DRILL.askedAny()).isZero();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        List.of("codex", "--url", "http://127.0.0.1:1"),
                        3,
                        "No gateway answers at http://127.0.0.1:1. Start one with bin/camelback start"),
                Arguments.of(List.of("codex", "--url", "<management>"), 3, "is no Camelback API."),
                Arguments.of(
                        List.of("codex", "--url", "localhost:8080"),
                        2,
                        "--url takes the address of the gateway's API, such as http://127.0.0.1:8080"),
                Arguments.of(
                        List.of("codex", "--url", URL, "--model", "nobody"),
                        1,
                        "has no model nobody. Name one with --model."),
                Arguments.of(
                        List.of("codex", "--url", URL, "--key-in-file"),
                        2,
                        "--key-in-file needs a key: set CAMELBACK_KEY"),
                Arguments.of(
                        List.of("vim"),
                        2,
                        "'vim' is no client that setup knows. There are: claude-code, codex, cursor"),
                Arguments.of(List.of("aider", "--no-check", "--home", "/nowhere"), 2, "Name a model with --model"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void what_cannot_work_is_refused_and_nothing_is_written(List<String> arguments, int code, String message) {
        String management = DRILL.gateway().management("").toString();
        assertThat(run(arguments.stream()
                        .map(argument -> argument.replace(URL, url).replace("<management>", management))
                        .toArray(String[]::new)))
                .isEqualTo(code);
        assertThat(err.toString()).contains(message);
        assertThat(user).isEmptyDirectory();
    }

    @Test
    void a_broken_file_is_left_alone() throws Exception {
        Path file = write(".gemini/settings.json", "{\n  \"ui\":\n}");

        assertThat(run("gemini-cli", "--url", url)).isEqualTo(1);

        assertThat(err.toString()).contains(file + " is not valid JSON in line 3.", "Nothing was changed.");
        assertThat(file).hasContent("{\n  \"ui\":\n}");
        assertThat(user.resolve(".gemini/.env")).doesNotExist();
        assertThat(DRILL.askedAny()).isZero();
    }

    @Test
    void a_chain_without_a_provider_that_answers_is_told() throws Exception {
        for (var provider : DRILL.gateway().lab.providers()) {
            provider.script().always(SimulatedFault.status(500));
        }

        assertThat(run("aider", "--url", url, "--model", "strict")).isEqualTo(1);
        assertThat(err.toString()).contains("The request for strict was not answered (status 5", "--no-check");
        assertThat(run("aider", "--url", url, "--model", "premium")).isEqualTo(1);
        assertThat(err.toString()).contains("no provider answers.");
        assertThat(user).isEmptyDirectory();

        assertThat(run(
                        "aider",
                        "--url",
                        url,
                        "--no-check",
                        "--home",
                        DRILL.gateway().home.toString()))
                .isZero();
        assertThat(user.resolve(".aider.conf.yml")).content().contains("openai/premium");
    }
}
