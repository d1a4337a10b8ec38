package io.camelback.camel.accounting;

import io.camelback.attempt.AttemptResult;
import io.camelback.budget.BudgetExceededException;
import io.camelback.budget.BudgetLimit;
import io.camelback.budget.BudgetPolicy;
import io.camelback.budget.BudgetReservation;
import io.camelback.budget.BudgetService;
import io.camelback.budget.ReservationRequest;
import io.camelback.camel.attempt.BillingTerms;
import io.camelback.camel.attempt.ReservationHandle;
import io.camelback.camel.request.RequestContext;
import io.camelback.classification.RequestComplexity;
import io.camelback.config.Deployment;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.ledger.AttemptRow;
import io.camelback.ledger.LedgerUnavailableException;
import io.camelback.pricing.ModelPrice;
import io.camelback.routing.SkipReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Asks the budgets, as one version of the configuration has them, and pays what attempts have cost. */
public final class BudgetEnforcer {
    private static final String NO_PRICE = "no price, under a budget";
    private static final Duration ROOM_WAIT = Duration.ofSeconds(2);
    private final BudgetService budgets;
    private final BudgetPolicy policy;
    private final BooleanSupplier ledgerSeen;
    private final LedgerRecorder recorder;
    private final BiFunction<Deployment, String, Optional<ModelPrice>> prices;

    /**
     * @param budgets null when no ledger is kept
     * @param ledgerSeen whether the ledger has ever answered
     * @param recorder makes the rows that a bill stands for
     * @param prices of a deployment's provider for another model, by the provider's name
     */
    public BudgetEnforcer(
            BudgetService budgets,
            BudgetPolicy policy,
            BooleanSupplier ledgerSeen,
            LedgerRecorder recorder,
            BiFunction<Deployment, String, Optional<ModelPrice>> prices) {
        this.budgets = budgets;
        this.policy = policy;
        this.ledgerSeen = ledgerSeen;
        this.recorder = recorder;
        this.prices = prices;
    }

    /** On what terms a deployment is asked: without a budget whatever the caller wants is passed on. */
    public BillingTerms terms(RequestContext context, Deployment deployment) {
        boolean counted = !policy.caps(deployment.name(), context.chain(), context.clientKey())
                .isEmpty();
        Set<BillingTerms.PricedField> dropped = EnumSet.noneOf(BillingTerms.PricedField.class);
        PricedRequest priced = new PricedRequest(context.effectiveRequest(), deployment, others(deployment));
        if (counted && priced.isTierUnpriced()) {
            dropped.add(BillingTerms.PricedField.SERVICE_TIER);
        }
        if (counted && priced.isFallbackUnpriced()) {
            dropped.add(BillingTerms.PricedField.FALLBACKS);
        }
        return new BillingTerms(deployment, dropped, others(deployment));
    }

    private Function<String, Optional<ModelPrice>> others(Deployment deployment) {
        return model -> prices.apply(deployment, model);
    }

    /**
     * Puts aside what a turn can cost at most, in every budget it counts to.
     *
     * @throws AttemptSkippedException when one has no room, or when it cannot be asked
     */
    public ReservationHandle reserve(RequestContext context, BillingTerms terms) {
        Deployment deployment = terms.deployment();
        List<BudgetLimit> caps = policy.caps(deployment.name(), context.chain(), context.clientKey());
        if (caps.isEmpty()) {
            return ReservationHandle.NONE;
        }
        OptionalLong most = MaxCostEstimator.of(context, terms);
        if (most.isPresent() && most.getAsLong() == 0) {
            return ReservationHandle.NONE;
        }
        if (most.isEmpty() || budgets == null) {
            throw refused(context, unknown(most).attempt(deployment.name()));
        }
        try {
            BudgetReservation reservation = budgets.reserve(
                    new ReservationRequest(
                            recorder.requestRef(context),
                            deployment.name(),
                            policy.layerOf(deployment.name()).orElse(null),
                            caps,
                            policy.zone(),
                            most.getAsLong()),
                    roomWait(context, deployment));
            return turns -> settle(context, reservation, turns);
        } catch (BudgetExceededException e) {
            throw refused(context, AttemptResult.overBudget(deployment.name(), e.getMessage(), e.left()));
        } catch (LedgerUnavailableException e) {
            throw refused(
                    context,
                    AttemptResult.skipped(
                            deployment.name(), AttemptSkippedException.Reason.NO_LEDGER, AttemptResult.NO_LEDGER));
        }
    }

    /** Only where no other link is left to ask is it worth to wait for room that requests under way will give back. */
    private static Duration roomWait(RequestContext context, Deployment deployment) {
        if (!context.plan().behind(deployment).isEmpty()) {
            return Duration.ZERO;
        }
        Duration left = context.remainingTime();
        return left == null || left.compareTo(ROOM_WAIT) > 0 ? ROOM_WAIT : left;
    }

    /** Why a budget cannot be asked. @param most empty when there is no price */
    private static SkipReason unknown(OptionalLong most) {
        return most.isEmpty()
                ? SkipReason.of(AttemptSkippedException.Reason.NO_PRICE, NO_PRICE)
                : SkipReason.of(AttemptSkippedException.Reason.NO_LEDGER, AttemptResult.NO_LEDGER);
    }

    /**
     * Whether {@link #reserve} would refuse, as far as this gateway knows. The request is counted only when room is
     * scarce.
     */
    Optional<SkipReason> preview(RequestContext context, Deployment deployment) {
        List<BudgetLimit> caps = policy.caps(deployment.name(), context.chain(), context.clientKey());
        if (caps.isEmpty()) {
            return Optional.empty();
        }
        BillingTerms terms = terms(context, deployment);
        OptionalLong most = MaxCostEstimator.bound(context, terms);
        if (most.isEmpty() || most.getAsLong() > 0 && (budgets == null || !ledgerSeen.getAsBoolean())) {
            return Optional.of(unknown(most));
        }
        return most.getAsLong() == 0 || preview(context, caps, most.getAsLong()).isEmpty()
                ? Optional.empty()
                : preview(context, caps, MaxCostEstimator.of(context, terms).orElseThrow())
                        .map(full -> SkipReason.overBudget(full.getMessage(), full.left()));
    }

    /** What the budgets have left that a turn counts to, as far as this gateway knows; empty without any. */
    public OptionalLong remaining(RequestContext context, Deployment deployment) {
        return budgets == null
                ? OptionalLong.empty()
                : policy.caps(deployment.name(), context.chain(), context.clientKey()).stream()
                        .mapToLong(cap -> budgets.status(cap, policy.zone()).remaining())
                        .min();
    }

    private Optional<BudgetExceededException> preview(
            RequestContext context, List<BudgetLimit> caps, long microDollars) {
        RequestComplexity complexity = context.analysis().complexity();
        return budgets.preview(caps, policy.zone(), complexity == null ? null : complexity.task(), microDollars);
    }

    private static AttemptSkippedException refused(RequestContext context, AttemptResult attempt) {
        context.trail().add(attempt);
        return new AttemptSkippedException(attempt.deployment(), attempt.skipped());
    }

    /**
     * The bill and the rows it stands for are written in one transaction. A bill that cannot be made out is for all
     * that was put aside.
     */
    private void settle(RequestContext context, BudgetReservation reservation, List<AttemptResult> turns) {
        List<AttemptRow> rows = new ArrayList<>();
        long spent;
        try {
            spent = bill(context, reservation, turns, rows);
        } catch (RuntimeException | Error fault) {
            budgets.settle(reservation, reservation.charge().microDollars(), List.of());
            throw fault;
        }
        budgets.settle(reservation, spent, rows);
    }

    private long bill(
            RequestContext context, BudgetReservation reservation, List<AttemptResult> turns, List<AttemptRow> rows) {
        rows.addAll(recorder.attemptRows(context, reservation.charge().about(), turns, reservation.id()));
        long spent = 0;
        for (int i = 0; i < turns.size(); i++) {
            Long cost = turns.get(i).metering().microDollars();
            spent += cost == null ? reservation.charge().microDollars() : cost;
            context.recordedAttempts().add(turns.get(i), rows.get(i).id());
        }
        return spent;
    }
}
