package io.camelback.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.cli.terminal.PlanTable;
import io.camelback.cli.terminal.TerminalStyle;
import io.camelback.json.Json;
import io.camelback.testkit.CommandExecution;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/camelback explain} by the files alone. */
class ExplainCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private Path request;

    @BeforeEach
    void write() throws Exception {
        request = folder.resolve("request.json");
        Files.writeString(request, "{\"model\":\"agent\",\"messages\":[{\"role\":\"user\",\"content\":\"Plan it.\"}]}");
    }

    private int explain(String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "explain";
        arguments[1] = "--home";
        arguments[2] = ".";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return CommandExecution.run(out, err, arguments);
    }

    @Test
    void prints_a_table() {
        assertThat(explain(request.toString())).isZero();
        assertThat(out.toString()).contains("complexity 2.1", "task plan", "openai-4o-mini", "agent-premium");
        assertThat(out.toString().lines().filter(line -> line.matches(" +[1-7]  .*")))
                .hasSize(7);
    }

    @Test
    void prints_json() throws Exception {
        assertThat(explain(request.toString(), "--json")).isZero();
        assertThat(Json.read(out.toString()).path("plan")).hasSize(7);
    }

    @Test
    void says_what_is_wrong_with_how_it_was_called() throws Exception {
        assertThat(explain()).isEqualTo(2);
        assertThat(explain("--request", "req_1")).isEqualTo(2);
        assertThat(explain(folder.resolve("none.json").toString())).isEqualTo(2);
        Files.writeString(request, "{\"model\":\"nobody\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        assertThat(explain(request.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("--request ID", "no ledger yet", "no file", "There is no model \"nobody\"");
    }

    @Test
    void says_of_a_turn_that_it_may_be_billed() throws Exception {
        JsonNode plan = Json.read(
                "{\"asked\":\"a\",\"chain\":\"a\",\"plan\":[],\"status\":504,\"took_ms\":9,\"attempts\":[{\"deployment\":"
                        + "\"gpt\",\"outcome\":\"failed\",\"why\":\"no headers in time\",\"took_ms\":8,\"possibly_billed\":true}]}");

        assertThat(new PlanTable(new TerminalStyle(false, false)).lines(plan))
                .last()
                .asString()
                .isEqualTo("  1  gpt                    no headers in time 8 ms, possibly billed");
    }

    @Test
    void says_when_no_gateway_answers() {
        assertThat(explain("--url", "http://127.0.0.1:1", "--request", "req_1")).isEqualTo(3);
        assertThat(err.toString()).contains("No gateway answers");
    }
}
