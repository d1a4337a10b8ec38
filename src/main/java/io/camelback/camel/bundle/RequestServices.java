package io.camelback.camel.bundle;

import io.camelback.budget.BudgetPolicy;
import io.camelback.camel.accounting.BudgetEnforcer;
import io.camelback.camel.accounting.CapacityPreview;
import io.camelback.camel.accounting.LedgerRecorder;
import io.camelback.camel.accounting.PersistenceServices;
import io.camelback.camel.accounting.QuotaEnforcer;
import io.camelback.camel.accounting.RequestRecorder;
import io.camelback.camel.chain.CallerChainBuilder;
import io.camelback.camel.chain.ChainTraversal;
import io.camelback.camel.chain.DeadlineAllocator;
import io.camelback.camel.chain.FallbackPlanner;
import io.camelback.camel.chain.LiveLoadMetrics;
import io.camelback.camel.chain.RequestContextFactory;
import io.camelback.camel.fallback.AnswerCacheRecorder;
import io.camelback.camel.fallback.WaitForRecoveryHandler;
import io.camelback.camel.request.LoopDetector;
import io.camelback.camel.request.RequestContext;
import io.camelback.classification.ComplexityScorer;
import io.camelback.classification.WeightedComplexityScorer;
import io.camelback.config.CamelbackConfig;
import io.camelback.ledger.Ledger;
import io.camelback.loadbalancer.LoadMetrics;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.routing.CapacityCheck;
import io.camelback.telemetry.log.RequestLog;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/**
 * What several steps of routes and Kamelets share, as one version of the configuration has it.
 *
 * @param policy which budgets a request counts to
 * @param budgets asks the budgets
 * @param quotas asks the quotas
 * @param recorder tells log and ledger of requests that are done
 * @param contexts begins requests
 * @param deadlines divides a request's time
 * @param metrics how busy and how quick deployments are
 * @param answerCache keeps answers that may be given again
 * @param recovery holds requests of exhausted chains
 * @param loopDetector knows requests that have come through this gateway before
 */
record RequestServices(
        BudgetPolicy policy,
        BudgetEnforcer budgets,
        QuotaEnforcer quotas,
        RequestRecorder recorder,
        RequestContextFactory contexts,
        DeadlineAllocator deadlines,
        LoadMetrics metrics,
        AnswerCacheRecorder answerCache,
        WaitForRecoveryHandler recovery,
        LoopDetector loopDetector) {

    /** @param revision the number of the configuration's version, from 1 */
    static RequestServices create(
            CamelContext context,
            CamelbackConfig config,
            ChainCatalog chains,
            GatewayRuntime runtime,
            RequestLog log,
            PersistenceServices accounts,
            int revision) {
        BudgetPolicy policy = accounts.budgetPolicy(config);
        LedgerRecorder ledger = new LedgerRecorder(accounts.ledger().orElse(null), policy, revision, runtime.clock());
        BudgetEnforcer budgets = new BudgetEnforcer(
                accounts.budgets().orElse(null),
                policy,
                () -> accounts.ledger().map(Ledger::seen).orElse(false),
                ledger,
                config::price);
        QuotaEnforcer quotas = new QuotaEnforcer(accounts.quotas(runtime.clock()), config);
        RequestRecorder recorder = new RequestRecorder(config, log, ledger);
        LoadMetrics metrics = new LiveLoadMetrics(config, runtime);
        ChainTraversal traversal = new ChainTraversal(context, chains.topology(), metrics, runtime.random());
        Function<RequestContext, CapacityCheck> capacity =
                accounts.isDryRun() ? request -> CapacityCheck.ALL : new CapacityPreview(quotas, budgets)::of;
        return new RequestServices(
                policy,
                budgets,
                quotas,
                recorder,
                new RequestContextFactory(
                        scorer(context.getRegistry(), config),
                        config,
                        new FallbackPlanner(
                                traversal,
                                new CallerChainBuilder(traversal, metrics, runtime.random()),
                                runtime,
                                capacity),
                        runtime.nanoTime()),
                new DeadlineAllocator(config, runtime),
                metrics,
                new AnswerCacheRecorder(config, accounts.answers(runtime.clock()), runtime.clock()),
                new WaitForRecoveryHandler(config, chains.topology()::deployments, recorder::waiting, runtime),
                LoopDetector.create());
    }

    /** The operator's own scorer, if there is one in the registry. */
    private static ComplexityScorer scorer(Registry registry, CamelbackConfig config) {
        Map<String, ComplexityScorer> own = registry.findByTypeWithName(ComplexityScorer.class);
        if (own.size() > 1) {
            throw new IllegalStateException("There can be one ComplexityScorer, but the registry has "
                    + String.join(" and ", new TreeSet<>(own.keySet())) + ". Keep one of them.");
        }
        return own.isEmpty()
                ? new WeightedComplexityScorer(config.routing())
                : own.values().iterator().next();
    }
}
