package io.camelback.acceptance.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerDatabase;
import io.camelback.ledger.SqliteDatabase;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.RunningGateway;
import java.io.BufferedReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a gateway at work, and the next one on the same ledger. */
class KilledGatewayIT {
    @TempDir
    Path folder;

    @Test
    void D02_with_fifty_streams_under_way_the_next_one_counts_all_fifty_before_it_serves_and_takes_their_keys_again()
            throws Exception {
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Dlogback.configurationFile=camelback-logback.xml",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-Xmx512m",
                        CrashableGateway.class.getName(),
                        folder.resolve("killed").toString())
                .redirectError(errors.toFile())
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.lines().filter(CrashableGateway.READY::equals).findFirst())
                    .as(() -> said(errors))
                    .isPresent();
        } finally {
            process.toHandle().destroyForcibly();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

        Files.createDirectories(folder.resolve("next"));
        Files.move(folder.resolve("killed/data"), folder.resolve("next/data"));
        try (RunningGateway next = RunningGateway.start(folder.resolve("next"), config -> config)) {
            Ledger ledger = next.standalone.gateway().accounts().ledger().orElseThrow();
            assertThat(LedgerSamples.number(
                            ledger,
                            "SELECT COUNT(*) FROM camelback_attempt WHERE outcome = 'recovered' "
                                    + "AND deployment = 'claude-haiku'"))
                    .isEqualTo(CrashableGateway.STREAMS);
            assertThat(LedgerSamples.number(ledger, "SELECT COUNT(*) FROM camelback_reservation"))
                    .isZero();
            assertThat(LedgerSamples.number(ledger, "SELECT SUM(reserved) FROM camelback_budget"))
                    .isZero();
            assertThat(LedgerSamples.number(ledger, "SELECT settled FROM camelback_budget"))
                    .isPositive()
                    .isEqualTo(LedgerSamples.number(ledger, "SELECT SUM(micro_dollars) FROM camelback_attempt"));

            HttpResponse<String> again = next.ask("claude-haiku", true, "Idempotency-Key", "stream-7");
            assertThat(again.statusCode())
                    .as("of a key whose request died with its gateway")
                    .isEqualTo(200);
            assertThat(next.lab.anthropic().count()).isEqualTo(1);
        }
    }

    /** {@code -Dkill=20} for twenty deaths. */
    @Test
    void D01_whoever_has_the_whole_answer_finds_its_request_in_the_ledger_whenever_the_gateway_dies() throws Exception {
        Random random = new Random();
        for (int death = 0; death < Integer.getInteger("kill", 2); death++) {
            Path home = Files.createDirectory(folder.resolve("death-" + death));
            Path errors = folder.resolve("errors.txt");
            Set<String> answered = new HashSet<>();
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-Dlogback.configurationFile=camelback-logback.xml",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            "-Xmx512m",
                            AnsweringCrashProcess.class.getName(),
                            home.toString())
                    .redirectError(errors.toFile())
                    .start();
            try (BufferedReader out = process.inputReader()) {
                int last = 60 + random.nextInt(140);
                while (answered.size() < last) {
                    String line = out.readLine();
                    assertThat(line).as(() -> said(errors)).isNotNull();
                    if (line.startsWith("req_")) {
                        answered.add(line);
                    }
                }
                process.toHandle().destroyForcibly();
                out.lines().filter(line -> line.startsWith("req_")).forEach(answered::add);
            }
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            try (LedgerDatabase ledger = SqliteDatabase.open(home.resolve("data/ledger.db"), Clock.systemUTC())) {
                Set<String> known = ledger.read(connection -> {
                    Set<String> ids = new HashSet<>();
                    try (Statement statement = connection.createStatement();
                            ResultSet row = statement.executeQuery("SELECT request_id FROM camelback_request")) {
                        while (row.next()) {
                            ids.add(row.getString(1));
                        }
                    }
                    return ids;
                });
                assertThat(answered).as("death %s", death).isSubsetOf(known);
                assertThat(
                                LedgerSamples.number(
                                        ledger,
                                        "SELECT COUNT(*) FROM camelback_request r WHERE status = 200 AND deployment = 'gpt' AND"
                                                + " NOT EXISTS (SELECT 1 FROM camelback_attempt a WHERE a.request_id = r.request_id)"))
                        .isZero();
            }
        }
    }

    private static String said(Path errors) {
        try {
            return Files.readString(errors);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
