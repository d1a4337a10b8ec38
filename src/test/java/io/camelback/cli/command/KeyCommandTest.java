package io.camelback.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.json.Json;
import io.camelback.testkit.CommandExecution;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/camelback key} where no gateway runs. */
class KeyCommandTest {
    @TempDir
    Path home;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void aHome() throws Exception {
        for (String part : new String[] {"routes", "config"}) {
            try (Stream<Path> files = Files.walk(Path.of(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.createDirectories(home.resolve(file.toString()).getParent());
                    Files.copy(file, home.resolve(file.toString()));
                }
            }
        }
    }

    @Test
    void a_key_is_made_shown_once_listed_and_revoked() throws Exception {
        assertThat(run(
                        "create",
                        "ci",
                        "--model",
                        "premium,gpt-mini",
                        "--budget",
                        "month=20,day=1.50",
                        "--note",
                        "team=search"))
                .isZero();
        String secret = out.toString().trim();
        assertThat(secret).matches("cb-[0-9A-Za-z]{43}");
        assertThat(err.toString()).contains("\"ci\": this is the key. It is not shown again.");

        assertThat(run("show", "ci")).isZero();
        assertThat(Json.read(out.toString()).path("budget")).hasToString("{\"day\":\"1.5\",\"month\":\"20\"}");
        assertThat(Json.read(out.toString()).path("metadata")).hasToString("{\"team\":\"search\"}");
        assertThat(out.toString()).doesNotContain(secret);

        assertThat(run("revoke", "ci")).isZero();
        assertThat(run("list")).isZero();
        assertThat(out.toString())
                .contains("ci")
                .contains("revoked")
                .contains("gpt-mini,premium")
                .contains("$1.5 a day, $20 a month");
        assertThat(Files.readString(home.resolve("data/ledger.db"), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(secret);
    }

    @Test
    void what_is_no_model_no_budget_and_no_key_is_refused() {
        assertThat(run("create", "ci", "--model", "premum")).isEqualTo(1);
        assertThat(err.toString()).contains("\"premum\" is neither a chain nor a deployment.");
        assertThat(run("create", "ci", "--budget", "year=5")).isEqualTo(1);
        assertThat(err.toString()).contains("A budget is for a day, week or month, not for a year.");
        assertThat(run("revoke", "nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no key of this id or name.");
    }

    @Test
    void without_a_ledger_there_are_no_keys() throws Exception {
        Files.writeString(
                home.resolve("config/camelback.yaml"), "\nledger: off\n", java.nio.file.StandardOpenOption.APPEND);

        assertThat(run("create", "ci")).isEqualTo(1);
        assertThat(err.toString()).contains("ledger: off");
    }

    private int run(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        String[] all = Stream.concat(
                        Stream.of("key"), Stream.concat(Stream.of(args), Stream.of("--home", home.toString())))
                .toArray(String[]::new);
        return CommandExecution.run(out, err, all);
    }
}
