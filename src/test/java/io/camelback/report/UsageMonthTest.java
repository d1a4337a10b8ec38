package io.camelback.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.budget.BudgetExceededException;
import io.camelback.budget.BudgetPolicy;
import io.camelback.budget.BudgetReservation;
import io.camelback.budget.BudgetService;
import io.camelback.budget.ReservationRequest;
import io.camelback.chat.Usage;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.ledger.AttemptRow;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.RequestRef;
import io.camelback.ledger.RequestRow;
import io.camelback.ledger.SqliteDatabase;
import io.camelback.pricing.Cost;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent's month: a hundred requests a day, three layers, caps of 8, 10 and 5 dollars. The free layer's 50 and 100
 * requests a day are counted here by the test; money is the budgets' affair. Caps hold, thresholds are told, and the
 * report shows it.
 */
class UsageMonthTest {
    private static final String CONFIG = """
            budgets: { zone: Europe/Berlin }
            layers:
              free: { deployments: [gpt-4o-mini, gemini-flash] }
              budget: { deployments: [glm, minimax] }
              premium: { deployments: [haiku, gpt-4o], budget: { month: 5, alert: [80] } }
            deployments:
              gpt-4o-mini: { provider: local, model: a, price: { input: 0, output: 0 } }
              gemini-flash: { provider: local, model: b, price: { input: 0, output: 0 } }
              glm: { provider: local, model: c, price: { input: 1.40, output: 4.40 }, budget: { month: 8 } }
              minimax: { provider: local, model: d, price: { input: 0.30, output: 1.20 }, budget: { month: 10 } }
              haiku: { provider: local, model: e, price: { input: 1, output: 5 } }
              gpt-4o: { provider: local, model: f, tier: 1, price: { input: 2.50, output: 10 } }
            """;
    private static final List<String> CHAIN =
            List.of("gpt-4o-mini", "gemini-flash", "glm", "minimax", "haiku", "gpt-4o");
    private static final Map<String, Integer> A_DAY = Map.of("gpt-4o-mini", 50, "gemini-flash", 100);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private final CamelbackConfig config =
            CamelbackConfigReader.read(CONFIG, "seed", name -> null).config();
    private final BudgetPolicy book = new BudgetPolicy(config.spending(), key -> Optional.empty());
    private final ManualClock clock = new ManualClock(Instant.parse("2026-10-01T00:00:00Z"));
    private final Map<String, Integer> today = new HashMap<>();
    private final List<String> alerts = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    @Test
    void K15_a_month_of_seed_001_keeps_every_cap_and_the_report_shows_it() {
        try (Ledger ledger = Ledger.open(SqliteDatabase.open(folder.resolve("ledger.db"), clock), new Random())) {
            BudgetService budgets = BudgetService.open(ledger, clock, Duration.ofSeconds(20));
            budgets.listen(
                    alert -> alerts.add(alert.cap().id() + (alert.refused() ? " refused" : " " + alert.percent())));
            Random random = new Random(1);
            long[] counts = new long[2];
            for (LocalDate day = LocalDate.of(2026, 10, 1); day.getMonthValue() == 10; day = day.plusDays(1)) {
                today.clear();
                for (int i = 0; i < 200; i++) {
                    clock.set(day.atStartOfDay(BERLIN).plusMinutes(7L * i).toInstant());
                    counts[request(ledger, budgets, random) ? 0 : 1]++;
                }
                // A month passes in a second here: more rows than the ledger has room for if none were written before
                // its end.
                ledger.sync();
            }
            assertThat(ledger.lost()).isZero();
            LedgerSamples.soon(() -> assertThat(budgets.open()).isZero());
            ledger.sync();
            check(ledger, counts);
        }
    }

    private void check(Ledger ledger, long[] counts) {
        UsageReport report = new ReportQuery(ledger.database(), config)
                .report(
                        LocalDate.of(2026, 10, 1).atStartOfDay(BERLIN).toInstant(),
                        LocalDate.of(2026, 11, 1).atStartOfDay(BERLIN).toInstant(),
                        ReportGrouping.LAYER,
                        null,
                        clock.instant());
        assertThat(report.total().requests()).isEqualTo(31 * 200);
        assertThat(report.total().answered()).isEqualTo(counts[0]);
        assertThat(report.lines())
                .extracting(ReportLine::name)
                .containsExactlyInAnyOrder("free", "budget", "premium", "");
        assertThat(line(report, "free").requests()).isEqualTo(31 * 150);
        assertThat(line(report, "free").microDollars()).isZero();
        assertThat(line(report, "budget").microDollars()).isBetween(15_000_000L, 18_000_000L);
        assertThat(line(report, "premium").microDollars()).isBetween(4_000_000L, 5_000_000L);
        assertThat(report.budgets()).hasSize(3).allSatisfy(spent -> {
            assertThat(spent.settled()).isLessThanOrEqualTo(spent.cap().microDollars());
            assertThat(spent.settled())
                    .as("caps are made use of")
                    .isGreaterThan(spent.cap().microDollars() * 8 / 10);
            assertThat(spent.reserved()).isZero();
        });
        assertThat(report.budgets().stream().mapToLong(spent -> spent.settled()).sum())
                .isEqualTo(report.total().microDollars());
        assertThat(alerts)
                .containsExactlyInAnyOrder(
                        "deployment:glm:month 80",
                        "deployment:glm:month refused",
                        "deployment:minimax:month 80",
                        "deployment:minimax:month refused",
                        "layer:premium:month 80",
                        "layer:premium:month refused");
        assertThat(report.premium().with()).isEqualTo("gpt-4o");
        assertThat(report.premium().instead()).isGreaterThan(report.premium().cost());
        assertThat(LedgerSamples.number(
                        ledger,
                        "SELECT COUNT(*) FROM camelback_attempt WHERE outcome = 'skipped' AND why LIKE 'budget %'"))
                .as("every escalation has its trigger")
                .isPositive();
        assertThat(String.join("\n", ReportText.lines(report)))
                .contains("Before, all by gpt-4o:", "Saved:  $", "month's budget of layer premium");
    }

    private static ReportLine line(UsageReport report, String name) {
        return report.lines().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Goes down the chain as the gateway does. @return whether anybody answered */
    private boolean request(Ledger ledger, BudgetService budgets, Random random) {
        RequestRef about = new RequestRef(ledger.nextId(), null, "agent", null, 50, 1);
        Usage usage = Usage.of(10_000 + random.nextInt(20_000), 2_500 + random.nextInt(7_500));
        for (String name : CHAIN) {
            Deployment deployment = config.deployment(name).orElseThrow();
            long cost = Cost.of(deployment.price(), usage).orElseThrow().microDollars();
            if (today.merge(name, 1, Integer::sum) > A_DAY.getOrDefault(name, Integer.MAX_VALUE)) {
                ledger.add(skipped(ledger, about, name, "rate limit of the day"));
                continue;
            }
            try {
                BudgetReservation room = cost == 0
                        ? null
                        : budgets.reserve(new ReservationRequest(
                                about,
                                name,
                                book.layerOf(name).orElse(null),
                                book.caps(name, "agent", null),
                                book.zone(),
                                Cost.of(deployment.price(), Usage.of(30_000, 10_000))
                                        .orElseThrow()
                                        .microDollars()));
                AttemptRow row = new AttemptRow(
                        room == null ? ledger.nextId() : room.id(),
                        clock.millis(),
                        about,
                        name,
                        book.layerOf(name).orElse(null),
                        "answered",
                        "ok",
                        null,
                        200,
                        0L,
                        100L,
                        900,
                        usage,
                        AttemptRow.Flags.NONE,
                        cost,
                        ledger.gateway());
                if (room == null) {
                    ledger.add(row);
                } else {
                    budgets.settle(room, cost, List.of(row));
                }
                ledger.add(done(ledger, about, name, cost));
                return true;
            } catch (BudgetExceededException e) {
                ledger.add(skipped(ledger, about, name, "budget " + e.getMessage()));
            }
        }
        ledger.add(done(ledger, about, null, 0));
        return false;
    }

    private AttemptRow skipped(Ledger ledger, RequestRef about, String name, String why) {
        return new AttemptRow(
                ledger.nextId(),
                clock.millis(),
                about,
                name,
                book.layerOf(name).orElse(null),
                "skipped",
                why,
                null,
                0,
                null,
                null,
                0,
                null,
                AttemptRow.Flags.NONE,
                0L,
                ledger.gateway());
    }

    private RequestRow done(Ledger ledger, RequestRef about, String name, long cost) {
        return new RequestRow(
                ledger.nextId(),
                clock.millis(),
                about,
                "openai",
                "agent",
                CHAIN.get(0),
                name,
                name == null ? null : book.layerOf(name).orElse(null),
                name == null ? 429 : 200,
                name == null ? "budget_exceeded" : null,
                false,
                1_000,
                1,
                null,
                cost,
                ledger.gateway(),
                null,
                null);
    }
}
