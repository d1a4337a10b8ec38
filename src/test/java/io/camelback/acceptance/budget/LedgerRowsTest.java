package io.camelback.acceptance.budget;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.ledger.Ledger;
import io.camelback.ledger.SqliteDatabase;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running gateway writes down. */
class LedgerRowsTest {
    @TempDir
    Path folder;

    @Test
    void every_request_and_every_attempt_has_its_row() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder, GatewayTestCase::withoutRetries)) {
            gateway.lab.anthropic().script().then(SimulatedFault.status(529));
            HttpResponse<String> response =
                    gateway.ask("premium", true, "x-request-id", "my-request", "x-camelback-task", "debug");
            assertThat(header(response, "x-camelback-model")).isEqualTo("gpt");
            gateway.ask("gpt-mini", false);
            Ledger ledger = gateway.ledger();

            LedgerSamples.soon(() -> assertThat(LedgerSamples.number(ledger, "SELECT COUNT(*) FROM camelback_request"))
                    .isEqualTo(2));
            assertThat(LedgerSamples.text(
                            ledger,
                            "SELECT chain || ' ' || asked || ' ' || first_link || ' ' || deployment || ' ' || task || ' '"
                                    + " || complexity || ' ' || status || ' ' || streamed || ' ' || attempts || ' ' || revision"
                                    + " FROM camelback_request WHERE request_id = 'my-request'"))
                    .isEqualTo("premium premium claude-opus gpt debug 49 200 1 2 1");
            assertThat(
                            LedgerSamples.text(
                                    ledger,
                                    "SELECT GROUP_CONCAT(said, ', ') FROM (SELECT deployment || ' ' || outcome || ' ' || status"
                                            + " || ' ' || COALESCE(failure, '-') || ' ' || micro_dollars || ' ' || estimated || ' ' || COALESCE(input_tokens, 0)"
                                            + " AS said FROM camelback_attempt WHERE request_id = 'my-request' ORDER BY at, started_after_ms)"))
                    .startsWith("claude-opus failed 529 overload 0 0 0, gpt answered 200 - ")
                    .doesNotContain(" 1 ");
            assertThat(LedgerSamples.number(
                            ledger, "SELECT micro_dollars FROM camelback_request WHERE request_id = 'my-request'"))
                    .isPositive()
                    .isEqualTo(LedgerSamples.number(
                            ledger,
                            "SELECT SUM(micro_dollars) FROM camelback_attempt WHERE request_id = 'my-request'"));
        }
    }

    @Test
    void D04_what_was_under_way_when_the_gateway_was_stopped_is_written_down() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder)) {
            gateway.lab.anthropic().answer(SimulatedCompletion.words(5));
            for (int i = 0; i < 30; i++) {
                gateway.ask("premium", i % 2 == 0);
            }
        }
        try (Ledger after =
                Ledger.open(SqliteDatabase.open(folder.resolve("data/ledger.db"), Clock.systemUTC()), new Random())) {
            assertThat(LedgerSamples.number(after, "SELECT COUNT(*) FROM camelback_request"))
                    .isEqualTo(30);
            assertThat(LedgerSamples.number(after, "SELECT COUNT(*) FROM camelback_attempt"))
                    .isEqualTo(30);
        }
    }

    @Test
    void without_a_ledger_nothing_is_written(@TempDir Path other) throws Exception {
        try (RunningGateway gateway = RunningGateway.start(other, config -> config + "\nledger: off\n")) {
            assertThat(gateway.ask("premium", false).statusCode()).isEqualTo(200);
            assertThat(Files.exists(other.resolve("data"))).isFalse();
        }
    }

    @Test
    void D07_a_gateway_whose_database_is_down_at_the_start_is_not_ready_and_answers_what_no_budget_must_allow()
            throws Exception {
        try (RunningGateway gateway = RunningGateway.start(
                folder,
                config -> config
                        + "\nledger: { url: \"jdbc:postgresql://127.0.0.1:1/ledger\", user: me, password: sim-secret, max-wait: 250ms }\n")) {
            HttpResponse<String> health = gateway.get(gateway.management("/observe/health"));
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body())
                    .contains("The ledger has not answered since the start")
                    .doesNotContain("sim-secret", "127.0.0.1:1");
            assertThat(gateway.ask("premium", false).statusCode()).isEqualTo(200);
        }
    }
}
