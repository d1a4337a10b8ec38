package io.camelback.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.ledger.Ledger;
import io.camelback.ledger.Samples;
import java.io.BufferedReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a gateway at work, and the next one on the same ledger. */
class KilledGatewayTest {
    @TempDir
    Path folder;

    @Test
    void D02_with_fifty_streams_under_way_the_next_one_counts_all_fifty_before_it_serves_and_takes_their_keys_again() throws Exception {
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), "-Xmx512m",
                GatewayVictim.class.getName(), folder.resolve("killed").toString()).redirectError(errors.toFile()).start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.lines().filter(GatewayVictim.READY::equals).findFirst()).as(() -> said(errors)).isPresent();
        } finally {
            process.toHandle().destroyForcibly();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

        Files.createDirectories(folder.resolve("next"));
        Files.move(folder.resolve("killed/data"), folder.resolve("next/data"));
        try (RunningGateway next = RunningGateway.start(folder.resolve("next"), config -> config)) {
            Ledger ledger = next.standalone.gateway().accounts().ledger().orElseThrow();
            assertThat(Samples.number(ledger, "SELECT COUNT(*) FROM camelback_attempt WHERE outcome = 'recovered' "
                    + "AND deployment = 'claude-haiku'")).isEqualTo(GatewayVictim.STREAMS);
            assertThat(Samples.number(ledger, "SELECT COUNT(*) FROM camelback_reservation")).isZero();
            assertThat(Samples.number(ledger, "SELECT SUM(reserved) FROM camelback_budget")).isZero();
            assertThat(Samples.number(ledger, "SELECT settled FROM camelback_budget")).isPositive()
                    .isEqualTo(Samples.number(ledger, "SELECT SUM(micro_dollars) FROM camelback_attempt"));

            HttpResponse<String> again = next.ask("claude-haiku", true, "Idempotency-Key", "stream-7");
            assertThat(again.statusCode()).as("of a key whose request died with its gateway").isEqualTo(200);
            assertThat(next.lab.anthropic().count()).isEqualTo(1);
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
