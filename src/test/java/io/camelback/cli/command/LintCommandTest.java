package io.camelback.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.testkit.CommandExecution;
import io.camelback.testkit.RunningGateway;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void a_home_of_its_own() throws IOException {
        RunningGateway.copyHome(home);
    }

    private int lint(String... options) {
        String[] all = Stream.concat(Stream.of("lint"), Stream.of(options)).toArray(String[]::new);
        return CommandExecution.run(out, err, all);
    }

    private void edit(String file, String old, String with) throws IOException {
        Path path = home.resolve(file);
        String before = Files.readString(path);
        assertThat(before).contains(old);
        Files.writeString(path, before.replace(old, with));
    }

    @Test
    void the_shipped_bundle_passes() {
        assertThat(lint("--home", home.toString())).as(out.toString()).isZero();
        assertThat(out.toString()).doesNotContain("error [");
    }

    @Test
    void an_error_is_a_line_with_place_reason_and_fix_and_fails() throws IOException {
        edit("routes/chains/strict.camel.yaml", "kamelet:openai-chat-action/gpt", "kamelet:openai-chat-action/gtp");

        assertThat(lint("--home", home.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("routes/chains/strict.camel.yaml:16: error [link-unknown] asks gtp", "1 error");
    }

    @Test
    void what_only_camel_notices_is_an_error_too() throws IOException {
        edit("routes/chains/strict.camel.yaml", "    from:\n", "    fromm: x\n    from:\n");

        assertThat(lint("--home", home.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("error [camel]", "fromm");
    }

    @Test
    void json_is_for_programs() throws IOException {
        edit("routes/chains/strict.camel.yaml", "circuitBreaker: claude-opus", "circuitBreaker: claude-opsu");

        assertThat(lint("--home", home.toString(), "--json")).isEqualTo(1);
        JsonNode finding = StreamSupport.stream(Json.read(out.toString()).spliterator(), false)
                .filter(one -> one.path("rule").asText().equals("breaker-unknown"))
                .findFirst()
                .orElseThrow();
        assertThat(finding.path("line").asInt()).isPositive();
        assertThat(finding.path("severity").asText()).isEqualTo("error");
        assertThat(finding.path("file").asText()).isEqualTo("routes/chains/strict.camel.yaml");
        assertThat(finding.path("fix").asText()).isNotBlank();
    }

    @Test
    void warnings_fail_only_when_asked_to() throws IOException {
        edit("config/camelback.yaml", "    price: { input: 0.59, output: 0.79 }\n", "");

        assertThat(lint("--home", home.toString())).isZero();
        assertThat(out.toString()).contains("warning [unpriced] deployments.groq-llama");
        assertThat(lint("--home", home.toString(), "--strict")).isEqualTo(1);
    }

    @Test
    void a_folder_that_is_no_home_is_refused() {
        assertThat(lint("--home", home.resolve("routes").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is no Camelback home", "--home DIR");
    }
}
