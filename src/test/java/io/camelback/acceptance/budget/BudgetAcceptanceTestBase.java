package io.camelback.acceptance.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.ledger.Ledger;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.PostgresServer;
import io.camelback.testkit.RunningGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with budgets in its ledger. */
abstract class BudgetAcceptanceTestBase {
    @RegisterExtension
    static final PostgresServer server = new PostgresServer();

    @TempDir
    Path folder;

    @TempDir
    Path other;

    /** Open reservations and room put aside are none of them left, whatever happened (docs/failures.md I2). */
    RunningGateway gateway;

    @AfterEach
    void nothing_is_left_open() {
        try {
            if (gateway != null) {
                Ledger ledger = gateway.ledger();
                LedgerSamples.soon(() -> assertThat(LedgerSamples.number(
                                ledger,
                                "SELECT (SELECT COUNT(*) FROM camelback_reservation) + "
                                        + "(SELECT COALESCE(SUM(reserved), 0) FROM camelback_budget)"))
                        .isZero());
            }
        } finally {
            if (gateway != null) {
                gateway.close();
            }
        }
    }

    static String patient(String config) {
        return GatewayTestCase.patient(config, Duration.ofSeconds(30));
    }

    void start(UnaryOperator<String> edit) throws Exception {
        gateway = RunningGateway.start(folder, config -> patient(edit.apply(config)));
    }

    static UnaryOperator<String> budget(String model, String budget) {
        return config -> config.replace(
                        "    model: " + model + "\n    tier",
                        "    model: " + model + "\n    budget: " + budget + "\n    tier")
                .replace(
                        "    model: " + model + "\n    use-for",
                        "    model: " + model + "\n    budget: " + budget + "\n    use-for");
    }

    static String body(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":100,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
