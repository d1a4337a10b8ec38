package io.camelback.quota;

import io.camelback.config.QuotaPeriod;
import io.camelback.config.QuotaSettings;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.SqliteDatabase;
import io.camelback.testkit.ManualClock;
import io.camelback.testkit.PostgresServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Quotas, counted in memory, in SQLite and in PostgreSQL. */
abstract class QuotaServiceTestBase {
    @RegisterExtension
    static final PostgresServer server = new PostgresServer();

    static final Duration MAX_WAIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    final List<Ledger> ledgers = new ArrayList<>();
    final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T12:00:00Z"));

    enum Kept {
        MEMORY,
        SQLITE,
        POSTGRES
    }

    @AfterEach
    void close() {
        ledgers.forEach(Ledger::close);
    }

    QuotaService quotas(Kept kept) {
        if (kept == Kept.MEMORY) {
            return QuotaService.inMemory(clock);
        }
        Ledger ledger = Ledger.open(
                kept == Kept.SQLITE
                        ? SqliteDatabase.open(folder.resolve("ledger.db"), clock)
                        : server.open(4, MAX_WAIT),
                new SecureRandom());
        ledgers.add(ledger);
        return QuotaService.in(ledger, MAX_WAIT, clock);
    }

    static QuotaSettings requests(QuotaPeriod span, long most) {
        return new QuotaSettings(Map.of(span, most), Map.of(), 0, null, false);
    }

    static boolean admitted(QuotaService quotas, QuotaSettings limits, long tokens) {
        try {
            quotas.admit("key:one", limits, ZoneOffset.UTC, tokens);
            return true;
        } catch (QuotaExceededException e) {
            return false;
        }
    }
}
