package io.camelback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.PostgresServer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ledger in a server that gateways share. */
class PostgresDatabaseTest {
    @RegisterExtension
    static final PostgresServer server = new PostgresServer();

    @Test
    void two_gateways_write_into_one_ledger() {
        try (Ledger one = open();
                Ledger other = open()) {
            LedgerSamples.hundred().forEach(one::add);
            LedgerSamples.hundred().forEach(other::add);
            one.sync();
            other.sync();
            assertThat(LedgerSamples.count(one, "camelback_attempt")).isEqualTo(200);
            assertThat(LedgerSamples.count(other, "camelback_request")).isEqualTo(200);
            assertThat(one.gateway()).isNotEqualTo(other.gateway());
        }
    }

    @Test
    void what_a_caller_wrote_cannot_break_a_row() {
        try (Ledger ledger = open()) {
            ledger.add(LedgerSamples.request("r", "gpt\u0000\ud800"));
            ledger.sync();
            assertThat(LedgerSamples.text(ledger, "SELECT asked FROM camelback_request WHERE id = 'r'"))
                    .isEqualTo("gpt??");
        }
    }

    @Test
    void D07_a_database_that_is_down_at_the_start_is_waited_for() {
        int port = server.port();
        try (Ledger ledger = Ledger.open(
                PostgresDatabase.open(
                        "jdbc:postgresql://127.0.0.1:1/postgres", "postgres", null, 2, Duration.ofMillis(250)),
                new Random())) {
            assertThat(port).isNotEqualTo(1);
            assertThat(ledger.seen()).isFalse();
            assertThat(ledger.problem()).isPresent();
            assertThat(ledger.problem().get().getMessage()).doesNotContain("127.0.0.1");
            assertThatThrownBy(() -> ledger.database().now()).isInstanceOf(LedgerUnavailableException.class);
        }
    }

    private static Ledger open() {
        return Ledger.open(server.open(4, Duration.ofSeconds(5)), new Random());
    }
}
