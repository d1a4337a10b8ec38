package io.camelback.camel;

import io.camelback.budget.BudgetAlert;
import io.camelback.budget.Budgets;
import io.camelback.budget.Cost;
import io.camelback.budget.LedgerOutage;
import io.camelback.config.Budget;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.LedgerSettings;
import io.camelback.degrade.AnswerCache;
import io.camelback.degrade.AnswerStore;
import io.camelback.event.Events;
import io.camelback.idempotency.MemoryReplies;
import io.camelback.idempotency.ReplyStore;
import io.camelback.key.ClientKey;
import io.camelback.key.KeyRing;
import io.camelback.ledger.Database;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerRefused;
import io.camelback.ledger.LedgerUnavailable;
import io.camelback.ledger.Postgres;
import io.camelback.ledger.Retention;
import io.camelback.ledger.Sqlite;
import io.camelback.memory.MemoryBudget;
import io.camelback.quota.Quotas;
import io.camelback.report.DailyReport;
import io.camelback.resilience.Vitals;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's ledger and the budgets kept in it, when it keeps one. They outlive reloads. */
final class Accounts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("io.camelback.budgets");
    private static final Duration REPORT_LOOK = Duration.ofSeconds(20);
    private final Ledger ledger;
    private final Budgets budgets;
    private final KeyRing keys;
    private final Duration patience;
    private Quotas quotas;
    private boolean dry;
    private volatile Function<String, Optional<Budget>> keyBudgets = key -> Optional.empty();
    /** What answers that may be given again take, in bytes; and no more than a tenth of the heap. */
    private static final long MOST_ANSWERS = Math.min(64L << 20, MemoryBudget.shareOfHeap(10));

    /** What replies take where there is no ledger, in bytes; and no more than a tenth of the heap. */
    private static final long MOST_REPLIES = MOST_ANSWERS;

    private AnswerCache answers;
    private ReplyStore replies;

    /** @param said what the operator should know; null when all is well */
    record Health(boolean ready, String said) { }

    private Accounts(Ledger ledger, Budgets budgets, KeyRing keys, Duration patience) {
        this.patience = patience;
        this.ledger = ledger;
        this.budgets = budgets;
        this.keys = keys;
    }

    /**
     * @param home where the file is when its name is not absolute
     * @throws LedgerRefused when the ledger is in use by another process, damaged, or of a newer version
     */
    static Accounts open(LedgerSettings settings, Path home, Vitals vitals) {
        return switch (settings.kind()) {
            case OFF -> none();
            case USUAL, FILE -> of(Sqlite.open(home.resolve(settings.file()), vitals.clock()), vitals.clock(), settings);
            case SERVER -> of(Postgres.open(settings.url(), settings.user(), settings.password(), settings.pool(),
                    settings.patience()), vitals.clock(), settings);
        };
    }

    /** The names of gateways must differ from each other, whatever the chance that is handed in for everything else. */
    private static Accounts of(Database database, Clock clock, LedgerSettings settings) {
        Ledger ledger = Ledger.open(database, new SecureRandom());
        ledger.every(Retention.PAUSE, new Retention(database, settings.retention()));
        Budgets budgets = Budgets.keep(ledger, clock, settings.patience());
        budgets.listen(Accounts::log);
        KeyRing keys = KeyRing.of(ledger);
        Accounts accounts = new Accounts(ledger, budgets, keys, settings.patience());
        accounts.keyBudgets(id -> keys.byId(id).flatMap(ClientKey::budget));
        return accounts;
    }

    private static void log(BudgetAlert alert) {
        if (alert.refused()) {
            LOG.warn("{} has no room left until {}: {} of {} dollars are spent, {} put aside", alert.cap(), alert.ends(),
                    dollars(alert.settled()), dollars(alert.cap().microDollars()), dollars(alert.reserved()));
        } else {
            LOG.warn("{} % of {} are spent: {} of {} dollars, until {}", alert.percent(), alert.cap(), dollars(alert.settled()),
                    dollars(alert.cap().microDollars()), alert.ends());
        }
    }

    private static String dollars(long microDollars) {
        return new Cost(microDollars).dollars();
    }

    /** The answers that may be given again; without a ledger they are forgotten with this process, or at an edit. */
    synchronized AnswerCache answers(Clock clock) {
        if (ledger == null) {
            return new AnswerCache(MOST_ANSWERS, AnswerStore.NONE, clock);
        }
        if (answers == null) {
            answers = new AnswerCache(MOST_ANSWERS, ledger.answers(), clock);
        }
        return answers;
    }

    /** Who runs which request with an Idempotency-Key: kept with the ledger, or else in this process. */
    synchronized ReplyStore replies(Clock clock) {
        if (replies == null) {
            replies = ledger == null ? new MemoryReplies(MOST_REPLIES, clock) : ledger.replies(patience, clock);
        }
        return replies;
    }

    /**
     * From now on thresholds, quotas without room and daily reports are events.
     *
     * @param config the one in force
     */
    void tell(Events events, Supplier<CamelbackConfig> config, Clock clock) {
        MoneyEvents money = new MoneyEvents(events);
        quotas(clock).listen(money::quota);
        if (ledger != null) {
            budgets.listen(money::alert);
            ledger.every(REPORT_LOOK, new DailyReport(ledger, config, clock, money::daily));
        }
    }

    /** For a gateway that writes nothing down. */
    static Accounts none() {
        return new Accounts(null, null, null, null);
    }

    /** For a gateway that never serves: it knows nothing of money, and holds nothing against anybody. */
    static Accounts dry() {
        Accounts accounts = none();
        accounts.dry = true;
        return accounts;
    }

    boolean isDry() {
        return dry;
    }

    Optional<Ledger> ledger() {
        return Optional.ofNullable(ledger);
    }

    /** Where quotas are counted: with the ledger, or else in this process. */
    synchronized Quotas quotas(Clock clock) {
        if (quotas == null) {
            quotas = ledger == null ? Quotas.inMemory(clock) : Quotas.in(ledger, patience, clock);
        }
        return quotas;
    }

    Optional<KeyRing> keys() {
        return Optional.ofNullable(keys);
    }

    Optional<Budgets> budgets() {
        return Optional.ofNullable(budgets);
    }

    /** From now on this says which budget a client key has, by its id. */
    void keyBudgets(Function<String, Optional<Budget>> lookup) {
        keyBudgets = lookup;
    }

    Optional<Budget> keyBudget(String key) {
        return keyBudgets.apply(key);
    }

    /** Since when requests under a budget are refused because the ledger does not answer, and how many; empty when none are. */
    Optional<LedgerOutage> outage() {
        return budgets().flatMap(Budgets::outage);
    }

    /** A ledger that has not been seen yet makes a gateway that is not ready; one that went away makes a degraded one. */
    Health health() {
        if (ledger == null) {
            return new Health(true, null);
        }
        String lost = budgets.outage().map(outage -> "; " + outage.refused() + " requests under a budget are refused since "
                + outage.since()).orElse("") + (ledger.lost() == 0 ? "" : "; " + ledger.lost() + " rows are lost");
        Optional<LedgerUnavailable> problem = ledger.problem();
        if (problem.isPresent()) {
            return new Health(ledger.seen(), "degraded: " + problem.get().getMessage() + "; " + ledger.waiting() + " rows wait" + lost);
        }
        return new Health(true, lost.isEmpty() ? null : "it was away" + lost);
    }

    @Override
    public void close() {
        if (ledger != null) {
            ledger.close();
        }
    }
}
