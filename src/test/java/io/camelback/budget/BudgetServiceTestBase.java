package io.camelback.budget;

import io.camelback.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Budgets in a file, at noon. */
abstract class BudgetServiceTestBase {
    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path folder;

    final ManualClock clock = new ManualClock(NOON);

    @BeforeEach
    void noon() {
        clock.set(NOON);
    }
}
