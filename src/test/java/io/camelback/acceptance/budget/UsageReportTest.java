package io.camelback.acceptance.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.camel.accounting.PersistenceServices;
import io.camelback.camel.accounting.SpendEventPublisher;
import io.camelback.event.GatewayEvent;
import io.camelback.json.Json;
import io.camelback.ledger.Ledger;
import io.camelback.report.DailyReport;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.CommandExecution;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.RunningGateway;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger's rows of a running gateway say, beside it. */
class UsageReportTest {
    @TempDir
    Path folder;

    @Test
    void rows_become_a_report_for_people_programs_and_spreadsheets() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(
                folder,
                config -> GatewayTestCase.patient(GatewayTestCase.withoutRetries(config), Duration.ofSeconds(30))
                        .replace(
                                "aliases:\n",
                                "budgets: { total: { month: 100 } }\nlayers: { top: { deployments: [claude-opus, gpt] } }\naliases:\n"))) {
            gateway.ask("premium", false, "Idempotency-Key", "once");
            gateway.ask("premium", false, "Idempotency-Key", "once");
            gateway.ask("premium", true);
            gateway.lab.anthropic().script().then(SimulatedFault.status(529));
            gateway.ask("premium", false, "x-camelback-task", "debug");
            Ledger ledger = gateway.ledger();
            LedgerSamples.soon(() -> assertThat(LedgerSamples.number(ledger, "SELECT COUNT(*) FROM camelback_request"))
                    .isEqualTo(3));
            LedgerSamples.soon(() -> assertThat(LedgerSamples.number(ledger, "SELECT COUNT(*) FROM camelback_replay"))
                    .isEqualTo(1));

            JsonNode json = Json.read(during("--json"));
            assertThat(json.path("requests").asInt()).isEqualTo(3);
            assertThat(json.path("answered").asInt()).isEqualTo(3);
            assertThat(json.path("fallbacks").asInt()).isEqualTo(1);
            assertThat(json.path("replayed").asInt()).isEqualTo(1);
            assertThat(json.at("/lines/0/asked").asInt()
                            + json.at("/lines/1/asked").asInt())
                    .isEqualTo(4);
            assertThat(json.at("/layers/0/name").asText()).isEqualTo("top");
            assertThat(json.at("/failover/answers").asInt()).isEqualTo(1);
            assertThat(json.at("/premium/with").asText()).isEqualTo("claude-opus");
            assertThat(json.at("/budgets/0/spent_usd").asText())
                    .isEqualTo(json.path("cost_usd").asText())
                    .isNotEqualTo("0.000000");

            assertThat(during("--by", "task"))
                    .contains(
                            "3 requests, 100.0 % answered, 33.3 %",
                            "debug",
                            "Before, all by claude-opus:",
                            "month's budget",
                            "Idempotency-Key, and not counted above: 1.");
            assertThat(during("--csv", "--by", "CHAIN").lines())
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith("premium,3,3,1,4,3,");
            assertThat(run("--day", "2026-11-19")).contains("0 requests, - answered");
        }
    }

    @Test
    void without_a_ledger_it_says_so() throws Exception {
        RunningGateway.copyHome(folder);
        assertThat(run()).contains("There is no ledger yet").contains("exit 1");
        Files.writeString(
                folder.resolve("config/camelback.yaml"),
                Files.readString(folder.resolve("config/camelback.yaml")) + "\nledger: off\n");
        assertThat(run()).contains("No ledger is kept").contains("exit 1");
        assertThat(run("--day", "yesterday")).contains("exit 2");
    }

    @Test
    void the_day_before_is_reported_once_from_the_set_time_on() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(
                folder,
                config -> config.replace(
                        "aliases:\n", "budgets: { report: \"07:00\", zone: Asia/Shanghai }\naliases:\n"))) {
            PersistenceServices accounts = gateway.standalone.gateway().accounts();
            Ledger ledger = accounts.ledger().orElseThrow();
            List<String> told = Collections.synchronizedList(new ArrayList<>());
            for (int gateways = 0; gateways < 2; gateways++) {
                SpendEventPublisher events = new SpendEventPublisher(event -> told.add(event.type() + " "
                        + event.subject() + " " + event.details().get("requests")));
                new DailyReport(
                                ledger,
                                () -> gateway.standalone
                                        .gateway()
                                        .serving()
                                        .loaded()
                                        .config(),
                                gateway.clock,
                                events::daily)
                        .run();
            }
            LedgerSamples.soon(() -> assertThat(LedgerSamples.number(ledger, "SELECT COUNT(*) FROM camelback_claim"))
                    .isEqualTo(1));
            assertThat(told)
                    .isSubsetOf(GatewayEvent.Type.DAILY_REPORT + " 2026-11-19 0")
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    /** Of the time at which the gateway's clock stands, whatever the machine's says. */
    private String during(String... args) {
        List<String> all = new ArrayList<>(List.of("--from", "2026-11-01", "--to", "2026-11-20"));
        all.addAll(List.of(args));
        return run(all.toArray(new String[0]));
    }

    private String run(String... args) {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of("report", "--home", folder.toString()));
        all.addAll(List.of(args));
        int exit = CommandExecution.run(out, out, all.toArray(new String[0]));
        return exit == 0 ? out.toString() : out + "exit " + exit;
    }
}
