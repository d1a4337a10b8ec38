package io.camelback.acceptance.operations;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.ledger.LedgerDatabase;
import io.camelback.ledger.ReadOnlyDatabase;
import io.camelback.report.RequestLookup;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.PostgresServer;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Why a request went where it did, asked tomorrow, elsewhere, or of nobody but the ledger. */
class ExplainFromLedgerTest {
    private static final String ERROR =
            "{\"error\":{\"code\":\"overloaded\",\"message\":\"Overloaded for organization org-a1b2c3d4e5, see "
                    + "https://status.example.com\"}}";

    @RegisterExtension
    static final PostgresServer server = new PostgresServer();

    @TempDir
    Path folder;

    @TempDir
    Path other;

    private static JsonNode explained(RunningGateway gateway, String id) throws Exception {
        HttpResponse<String> answer = gateway.get(gateway.management("/v1/explain?id=" + id));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body());
    }

    private static String shared(String config) {
        return GatewayTestCase.withoutRetries(config) + server.ledger(Duration.ofSeconds(10));
    }

    /** Asked where it was served, it has no error, which its answer tells anyway. */
    private static JsonNode comparable(JsonNode plan) {
        ((com.fasterxml.jackson.databind.node.ObjectNode) plan).remove("error");
        return plan;
    }

    @Test
    void after_a_restart_it_is_explained_as_before() throws Exception {
        JsonNode before;
        String id;
        String replay;
        try (RunningGateway gateway = RunningGateway.start(folder, GatewayTestCase::withoutRetries)) {
            gateway.lab.anthropic().script().then(SimulatedFault.status(529).body(ERROR));
            HttpResponse<String> answer =
                    gateway.ask("premium", true, "Idempotency-Key", "k", "x-camelback-task", "debug");
            id = header(answer, "x-camelback-request-id");
            before = explained(gateway, id);
            replay = header(
                    gateway.ask("premium", true, "Idempotency-Key", "k", "x-camelback-task", "debug"),
                    "x-camelback-request-id");
        }
        assertThat(before.path("plan").size()).isGreaterThan(2);
        assertThat(before.at("/attempts/0/message").asText()).isEqualTo("Overloaded for organization [id], see [url]");
        try (RunningGateway gateway = RunningGateway.start(
                other.resolve("home"),
                config -> GatewayTestCase.withoutRetries(config) + "\nledger: { file: \""
                        + folder.resolve("data/ledger.db") + "\" }\n")) {
            assertThat(comparable(explained(gateway, id))).isEqualTo(before);
            JsonNode again = explained(gateway, replay);
            assertThat(again.path("replay_of").asText()).isEqualTo(id);
            assertThat(again.path("attempts")).isEqualTo(before.path("attempts"));
            assertThat(gateway.get(gateway.management("/v1/explain?id=none")).body())
                    .contains("or in the ledger");
        }
        try (LedgerDatabase alone = ReadOnlyDatabase.file(folder.resolve("data/ledger.db"), Clock.systemUTC())) {
            String request = id;
            assertThat(comparable(Json.read(alone.read(connection -> RequestLookup.find(connection, request))
                            .orElseThrow()
                            .toString())))
                    .isEqualTo(before);
        }
    }

    @Test
    void a_replica_explains_what_another_one_has_served() throws Exception {
        try (RunningGateway one = RunningGateway.start(folder, ExplainFromLedgerTest::shared);
                RunningGateway two = RunningGateway.start(other, ExplainFromLedgerTest::shared)) {
            one.lab.anthropic().script().then(SimulatedFault.status(529).body(ERROR));
            String id = header(one.ask("premium", false), "x-camelback-request-id");
            assertThat(comparable(explained(two, id))).isEqualTo(explained(one, id));
            assertThat(explained(two, id).toString()).doesNotContain("org-a1b2c3d4e5", "example.com");
        }
    }
}
