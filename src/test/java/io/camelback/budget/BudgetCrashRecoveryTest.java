package io.camelback.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.testkit.LedgerSamples;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * D01, D02: kill -9 at any moment. What a provider may have served is in the ledger, nothing stays open, and the budget
 * is the ledger's sum. {@code -Dkill=100} for a hundred deaths.
 */
class BudgetCrashRecoveryTest {
    @TempDir
    Path folder;

    @Test
    void D01_whenever_it_dies_nothing_that_was_served_is_missing() throws Exception {
        Random random = new Random();
        long served = 0;
        for (int i = 0; i < Integer.getInteger("kill", 3); i++) {
            served += liveAndDie(1 + random.nextInt(300));

            try (BudgetTestLedger next = BudgetTestLedger.inFile(folder, Clock.systemUTC())) {
                long settled = next.settled();
                assertThat(settled).as("death " + i).isGreaterThanOrEqualTo(served);
                assertThat(next.reserved()).isZero();
                assertThat(LedgerSamples.number(next.ledger, "SELECT COUNT(*) FROM camelback_reservation"))
                        .isZero();
                assertThat(LedgerSamples.number(next.ledger, "SELECT SUM(micro_dollars) FROM camelback_attempt"))
                        .isEqualTo(settled);
                assertThat(LedgerSamples.text(next.ledger, "PRAGMA integrity_check"))
                        .isEqualTo("ok");
                served = settled;
            }
        }
    }

    /** @return what was served, as far as anybody outside can know */
    private long liveAndDie(int lines) throws Exception {
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Dlogback.configurationFile=camelback-logback.xml",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-Xmx256m",
                        BudgetCrashProcess.class.getName(),
                        folder.toString())
                .redirectError(errors.toFile())
                .start();
        long sum = 0;
        try (BufferedReader out = process.inputReader()) {
            for (int i = 0; i < lines; i++) {
                String line = out.readLine();
                assertThat(line).as(() -> said(errors)).isNotNull();
                sum += Long.parseLong(line);
            }
            process.toHandle().destroyForcibly();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                sum += Long.parseLong(line);
            }
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return sum;
    }

    private static String said(Path errors) {
        try {
            return Files.readString(errors);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
