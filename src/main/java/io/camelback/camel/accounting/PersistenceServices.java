package io.camelback.camel.accounting;

import io.camelback.budget.BudgetAlert;
import io.camelback.budget.BudgetPolicy;
import io.camelback.budget.BudgetService;
import io.camelback.budget.LedgerOutage;
import io.camelback.cache.AnswerCache;
import io.camelback.cache.AnswerStore;
import io.camelback.clientkey.ClientKey;
import io.camelback.clientkey.ClientKeyCache;
import io.camelback.config.Budget;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.LedgerSettings;
import io.camelback.event.EventPublisher;
import io.camelback.idempotency.InMemoryReplyStore;
import io.camelback.idempotency.ReplyStore;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerDatabase;
import io.camelback.ledger.LedgerUnavailableException;
import io.camelback.ledger.PostgresDatabase;
import io.camelback.ledger.RetentionJob;
import io.camelback.ledger.SqliteDatabase;
import io.camelback.memory.MemoryBudget;
import io.camelback.pricing.Cost;
import io.camelback.quota.QuotaService;
import io.camelback.report.DailyReport;
import io.camelback.resilience.GatewayRuntime;
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
public final class PersistenceServices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("io.camelback.budgets");
    private static final Duration REPORT_LOOK = Duration.ofSeconds(20);
    private final Ledger ledger;
    private final BudgetService budgets;
    private final ClientKeyCache keys;
    private final Duration maxWait;
    private QuotaService quotas;
    private boolean dryRun;
    private volatile Function<String, Optional<Budget>> keyBudgets = key -> Optional.empty();
    /** What answers that may be given again take, in bytes; and no more than a tenth of the heap. */
    private static final long MOST_ANSWERS = Math.min(64L << 20, MemoryBudget.shareOfHeap(10));

    /** What replies take where there is no ledger, in bytes; and no more than a tenth of the heap. */
    private static final long MOST_REPLIES = MOST_ANSWERS;

    private AnswerCache answers;
    private ReplyStore replies;

    /** @param said what the operator should know; null when all is well */
    public record Health(boolean ready, String said) {}

    private PersistenceServices(Ledger ledger, BudgetService budgets, ClientKeyCache keys, Duration maxWait) {
        this.maxWait = maxWait;
        this.ledger = ledger;
        this.budgets = budgets;
        this.keys = keys;
    }

    /**
     * @param home where the file is when its name is not absolute
     * @throws io.camelback.ledger.LedgerRefusedException when the ledger is in use by another process, damaged, or of a
     *     newer version
     */
    public static PersistenceServices open(LedgerSettings settings, Path home, GatewayRuntime runtime) {
        return switch (settings.kind()) {
            case OFF -> none();
            case USUAL, FILE ->
                of(SqliteDatabase.open(home.resolve(settings.file()), runtime.clock()), runtime.clock(), settings);
            case SERVER ->
                of(
                        PostgresDatabase.open(
                                settings.url(),
                                settings.user(),
                                settings.password(),
                                settings.pool(),
                                settings.maxWait()),
                        runtime.clock(),
                        settings);
        };
    }

    /** The names of gateways must differ from each other, whatever the chance that is handed in for everything else. */
    private static PersistenceServices of(LedgerDatabase database, Clock clock, LedgerSettings settings) {
        Ledger ledger = Ledger.open(database, new SecureRandom());
        ledger.schedule(RetentionJob.PAUSE, new RetentionJob(database, settings.retention()));
        BudgetService budgets = BudgetService.open(ledger, clock, settings.maxWait());
        budgets.listen(PersistenceServices::log);
        ClientKeyCache keys = ClientKeyCache.of(ledger);
        PersistenceServices accounts = new PersistenceServices(ledger, budgets, keys, settings.maxWait());
        accounts.keyBudgets(id -> keys.byId(id).flatMap(ClientKey::budget));
        return accounts;
    }

    private static void log(BudgetAlert alert) {
        if (alert.refused()) {
            LOG.warn(
                    "{} has no room left until {}: {} of {} dollars are spent, {} put aside",
                    alert.cap(),
                    alert.ends(),
                    dollars(alert.settled()),
                    dollars(alert.cap().microDollars()),
                    dollars(alert.reserved()));
        } else {
            LOG.warn(
                    "{} % of {} are spent: {} of {} dollars, until {}",
                    alert.percent(),
                    alert.cap(),
                    dollars(alert.settled()),
                    dollars(alert.cap().microDollars()),
                    alert.ends());
        }
    }

    private static String dollars(long microDollars) {
        return new Cost(microDollars).dollars();
    }

    /** The answers that may be given again; without a ledger they are forgotten with this process, or at an edit. */
    public synchronized AnswerCache answers(Clock clock) {
        if (ledger == null) {
            return new AnswerCache(MOST_ANSWERS, AnswerStore.NONE, clock);
        }
        if (answers == null) {
            answers = new AnswerCache(MOST_ANSWERS, ledger.answers(), clock);
        }
        return answers;
    }

    /** Who runs which request with an Idempotency-Key: kept with the ledger, or else in this process. */
    public synchronized ReplyStore replies(Clock clock) {
        if (replies == null) {
            replies = ledger == null ? new InMemoryReplyStore(MOST_REPLIES, clock) : ledger.replies(maxWait, clock);
        }
        return replies;
    }

    /**
     * From now on thresholds, quotas without room and daily reports are events.
     *
     * @param config the one in force
     */
    public void publishEvents(EventPublisher events, Supplier<CamelbackConfig> config, Clock clock) {
        SpendEventPublisher money = new SpendEventPublisher(events);
        quotas(clock).listen(money::quota);
        if (ledger != null) {
            budgets.listen(money::alert);
            ledger.schedule(REPORT_LOOK, new DailyReport(ledger, config, clock, money::daily));
        }
    }

    /** For a gateway that writes nothing down. */
    public static PersistenceServices none() {
        return new PersistenceServices(null, null, null, null);
    }

    /** For a gateway that never serves: it knows nothing of money, and holds nothing against anybody. */
    public static PersistenceServices dryRun() {
        PersistenceServices accounts = none();
        accounts.dryRun = true;
        return accounts;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    public Optional<Ledger> ledger() {
        return Optional.ofNullable(ledger);
    }

    /** Where quotas are counted: with the ledger, or else in this process. */
    public synchronized QuotaService quotas(Clock clock) {
        if (quotas == null) {
            quotas = ledger == null ? QuotaService.inMemory(clock) : QuotaService.in(ledger, maxWait, clock);
        }
        return quotas;
    }

    public Optional<ClientKeyCache> keys() {
        return Optional.ofNullable(keys);
    }

    public Optional<BudgetService> budgets() {
        return Optional.ofNullable(budgets);
    }

    /** From now on this says which budget a client key has, by its id. */
    void keyBudgets(Function<String, Optional<Budget>> lookup) {
        keyBudgets = lookup;
    }

    /** Which budgets a request counts to, as this configuration and the client keys have it. */
    public BudgetPolicy budgetPolicy(CamelbackConfig config) {
        return new BudgetPolicy(config.spending(), key -> keyBudgets.apply(key));
    }

    /**
     * Since when requests under a budget are refused because the ledger does not answer, and how many; empty when none
     * are.
     */
    Optional<LedgerOutage> outage() {
        return budgets().flatMap(BudgetService::outage);
    }

    /**
     * A ledger that has not been seen yet makes a gateway that is not ready; one that went away makes a degraded one.
     */
    public Health health() {
        if (ledger == null) {
            return new Health(true, null);
        }
        String lost = budgets.outage()
                        .map(outage -> "; " + outage.refused() + " requests under a budget are refused since "
                                + outage.since())
                        .orElse("")
                + (ledger.lost() == 0 ? "" : "; " + ledger.lost() + " rows are lost");
        Optional<LedgerUnavailableException> problem = ledger.problem();
        if (problem.isPresent()) {
            return new Health(
                    ledger.seen(),
                    "degraded: " + problem.get().getMessage() + "; " + ledger.waiting() + " rows wait" + lost);
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
