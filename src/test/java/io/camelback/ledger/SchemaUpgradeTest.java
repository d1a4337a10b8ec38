package io.camelback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.report.RequestLookup;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** A ledger with rows in it, as the version before had it, under this one. */
class SchemaUpgradeTest {
    private static final String[] ROWS = {
        "INSERT INTO camelback_request (id, at, request_id, endpoint, asked, chain, first_link, deployment, complexity, status, streamed,"
                + " took_ms, attempts, micro_dollars, revision, gateway) VALUES ('g-2', 5, 'req_old', 'openai', 'agent', 'agent', 'gpt',"
                + " 'gpt', 42, 200, 0, 9, 1, 7, 1, 'g')",
        "INSERT INTO camelback_attempt (id, at, request_id, deployment, outcome, why, status, took_ms, estimated, micro_dollars, revision,"
                + " gateway) VALUES ('g-1', 5, 'req_old', 'gpt', 'answered', 'ok', 200, 9, 0, 7, 1, 'g')",
        "INSERT INTO camelback_escalation (id, at, request_id, layer, cause, revision, gateway) VALUES ('g-3', 5, 'req_old', 'agent-low',"
                + " 'complexity', 1, 'g')",
        "INSERT INTO camelback_budget VALUES ('total::day', 0, 86400000, 7, 0)"
    };

    @RegisterExtension
    static final PostgresServer server = new PostgresServer();

    private static void version6(DataSource source) throws Exception {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:camelback/ledger")
                .table("camelback_schema")
                .target("6")
                .load()
                .migrate();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String row : ROWS) {
                statement.execute(row);
            }
        }
    }

    @Test
    void in_a_file(@TempDir Path folder) throws Exception {
        Path file = Files.createDirectory(folder.resolve("data")).resolve("ledger.db");
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        version6(source);
        check(SqliteDatabase.open(file, Clock.systemUTC()));
    }

    @Test
    void in_a_server() throws Exception {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.freshUrl());
        source.setUser("postgres");
        source.setPassword("postgres");
        version6(source);
        check(server.open(2, Duration.ofSeconds(5)));
    }

    private static void check(LedgerDatabase database) {
        try (Ledger ledger = Ledger.open(database, new Random())) {
            assertThat(LedgerSamples.number(ledger, "SELECT settled FROM camelback_budget"))
                    .isEqualTo(7);
            assertThat(database.<String>read(connection -> RequestLookup.find(connection, "req_old")
                            .orElseThrow()
                            .toString()))
                    .isEqualTo(
                            "{'id':'req_old','asked':'agent','chain':'agent','complexity':{'score':4.2,'task':null},'plan':[],'attempts':[{'deployment':"
                                            .replace('\'', '"')
                                    + "'gpt','outcome':'answered','why':'ok','status':200,'took_ms':9}],'escalations':[{'before':0,'layer':"
                                            .replace('\'', '"')
                                    + "'agent-low','trigger':'complexity'}],'status':200,'error':null,'answered_by':'gpt','degraded':null,'took_ms':9}"
                                            .replace('\'', '"'));
            LedgerSamples.hundred().forEach(ledger::add);
            ledger.sync();
            assertThat(LedgerSamples.count(ledger, "camelback_request")).isEqualTo(101);
        }
    }
}
