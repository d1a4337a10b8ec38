package io.camelback.report;

import io.camelback.config.BudgetSettings;
import io.camelback.config.CamelbackConfig;
import io.camelback.ledger.Ledger;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Publishes each day's report the next day from a set time on, once for all gateways: the first one to claim it
 * publishes it. Who was down at that time tells it later on the same day.
 */
public final class DailyReport implements Runnable {
    private final Ledger ledger;
    private final Supplier<CamelbackConfig> config;
    private final Clock clock;
    private final Consumer<UsageReport> listener;
    private volatile LocalDate done;

    /** @param config the one in force: it says when, and in which time zone */
    public DailyReport(Ledger ledger, Supplier<CamelbackConfig> config, Clock clock, Consumer<UsageReport> listener) {
        this.ledger = ledger;
        this.config = config;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public void run() {
        CamelbackConfig now = config.get();
        BudgetSettings spending = now.spending();
        if (spending.reportAt() == null) {
            return;
        }
        ZonedDateTime local = clock.instant().atZone(spending.zone());
        LocalDate today = local.toLocalDate();
        if (local.toLocalTime().isBefore(spending.reportAt()) || today.equals(done)) {
            return;
        }
        LocalDate day = today.minusDays(1);
        if (ledger.claim("daily-report " + day)) {
            listener.accept(new ReportQuery(ledger.database(), now)
                    .report(
                            day.atStartOfDay(spending.zone()).toInstant(),
                            today.atStartOfDay(spending.zone()).toInstant(),
                            ReportGrouping.DEPLOYMENT,
                            null,
                            clock.instant()));
        }
        done = today;
    }
}
