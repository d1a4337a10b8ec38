package io.camelback.camel.accounting;

import io.camelback.attempt.AttemptMetering;
import io.camelback.attempt.AttemptResult;
import io.camelback.budget.BudgetExceededException;
import io.camelback.budget.BudgetLimit;
import io.camelback.budget.BudgetPolicy;
import io.camelback.budget.BudgetReservation;
import io.camelback.budget.BudgetService;
import io.camelback.budget.ReservationRequest;
import io.camelback.camel.request.ExplainResponseWriter;
import io.camelback.camel.request.IdempotentRequest;
import io.camelback.camel.request.RequestContext;
import io.camelback.camel.request.ReservationHandle;
import io.camelback.classification.RequestComplexity;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.failure.AttemptSkippedException;
import io.camelback.idempotency.StoredReply;
import io.camelback.ledger.AttemptRow;
import io.camelback.ledger.EscalationRow;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerRow;
import io.camelback.ledger.LedgerUnavailableException;
import io.camelback.ledger.ReplayRow;
import io.camelback.ledger.RequestRef;
import io.camelback.ledger.RequestRow;
import io.camelback.routing.SkipReason;
import io.camelback.telemetry.record.RequestRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * Asks the budgets, and enters requests and their attempts in the ledger, as one version of the configuration has it.
 */
public final class RequestAccounting {
    private static final String NO_PRICE = "no price, under a budget";
    private static final Duration ROOM_WAIT = Duration.ofSeconds(2);
    /** How long the end of an answer waits until it is in the ledger. */
    private static final Duration ROWS_WAIT = Duration.ofMillis(250);

    private final Ledger ledger;
    private final BudgetService budgets;
    private final BudgetPolicy book;
    private final int revision;
    private final Clock clock;

    /** @param revision the number of the configuration's version, from 1 */
    public RequestAccounting(PersistenceServices accounts, CamelbackConfig config, int revision, Clock clock) {
        this.ledger = accounts.ledger().orElse(null);
        this.budgets = accounts.budgets().orElse(null);
        this.book = new BudgetPolicy(config.spending(), accounts::keyBudget);
        this.revision = revision;
        this.clock = clock;
    }

    public BudgetPolicy book() {
        return book;
    }

    public Optional<BudgetService> budgets() {
        return Optional.ofNullable(budgets);
    }

    /**
     * Puts aside what a turn can cost at most, in every budget it counts to.
     *
     * @throws AttemptSkippedException when one has no room, or when it cannot be asked
     */
    public ReservationHandle reserve(RequestContext call, Deployment deployment) {
        List<BudgetLimit> caps = book.caps(deployment.name(), call.chain(), call.clientKey());
        if (caps.isEmpty()) {
            return ReservationHandle.NONE;
        }
        OptionalLong most = MaxCostEstimator.of(call, deployment);
        if (most.isPresent() && most.getAsLong() == 0) {
            return ReservationHandle.NONE;
        }
        if (most.isEmpty() || budgets == null) {
            throw refused(call, unknown(most).attempt(deployment.name()));
        }
        try {
            BudgetReservation reservation = budgets.reserve(
                    new ReservationRequest(
                            requestRef(call),
                            deployment.name(),
                            book.layerOf(deployment.name()).orElse(null),
                            caps,
                            book.zone(),
                            most.getAsLong()),
                    roomWait(call, deployment));
            return turns -> settle(call, reservation, turns);
        } catch (BudgetExceededException e) {
            throw refused(call, AttemptResult.overBudget(deployment.name(), e.getMessage(), e.left()));
        } catch (LedgerUnavailableException e) {
            throw refused(
                    call,
                    AttemptResult.skipped(
                            deployment.name(), AttemptSkippedException.Reason.NO_LEDGER, AttemptResult.NO_LEDGER));
        }
    }

    /** Only where no other link is left to ask is it worth to wait for room that requests under way will give back. */
    private static Duration roomWait(RequestContext call, Deployment deployment) {
        if (!call.plan().behind(deployment).isEmpty()) {
            return Duration.ZERO;
        }
        Duration left = call.remainingTime();
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
    Optional<SkipReason> preview(RequestContext call, Deployment deployment) {
        List<BudgetLimit> caps = book.caps(deployment.name(), call.chain(), call.clientKey());
        if (caps.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong most = MaxCostEstimator.bound(call, deployment);
        if (most.isEmpty() || most.getAsLong() > 0 && (budgets == null || !ledger.seen())) {
            return Optional.of(unknown(most));
        }
        return most.getAsLong() == 0 || preview(call, caps, most.getAsLong()).isEmpty()
                ? Optional.empty()
                : preview(call, caps, MaxCostEstimator.of(call, deployment).orElseThrow())
                        .map(full -> SkipReason.overBudget(full.getMessage(), full.left()));
    }

    /** What the budgets have left that a turn counts to, as far as this gateway knows; empty without any. */
    public OptionalLong remaining(RequestContext call, Deployment deployment) {
        return budgets == null
                ? OptionalLong.empty()
                : book.caps(deployment.name(), call.chain(), call.clientKey()).stream()
                        .mapToLong(cap -> budgets.status(cap, book.zone()).remaining())
                        .min();
    }

    private Optional<BudgetExceededException> preview(RequestContext call, List<BudgetLimit> caps, long microDollars) {
        RequestComplexity complexity = call.complexity();
        return budgets.preview(caps, book.zone(), complexity == null ? null : complexity.task(), microDollars);
    }

    private static AttemptSkippedException refused(RequestContext call, AttemptResult attempt) {
        call.trail().add(attempt);
        return new AttemptSkippedException(attempt.deployment(), attempt.skipped());
    }

    /**
     * The bill and the rows it stands for are written in one transaction. A bill that cannot be made out is for all
     * that was put aside.
     */
    private void settle(RequestContext call, BudgetReservation reservation, List<AttemptResult> turns) {
        List<AttemptRow> rows = new ArrayList<>();
        long spent;
        try {
            spent = bill(call, reservation, turns, rows);
        } catch (RuntimeException | Error fault) {
            budgets.settle(reservation, reservation.charge().microDollars(), List.of());
            throw fault;
        }
        budgets.settle(reservation, spent, rows);
    }

    private long bill(
            RequestContext call, BudgetReservation reservation, List<AttemptResult> turns, List<AttemptRow> rows) {
        RequestRef about = reservation.charge().about();
        long began = began(call.elapsed());
        long spent = 0;
        for (AttemptResult turn : turns) {
            boolean last = rows.size() == turns.size() - 1;
            String id = last ? reservation.id() : ledger.nextId();
            rows.add(row(id, turn, about, began));
            Long cost = turn.metering().microDollars();
            spent += cost == null ? reservation.charge().microDollars() : cost;
            call.markRecorded(turn, id);
        }
        return spent;
    }

    private long began(Duration ago) {
        return clock.millis() - ago.toMillis();
    }

    /**
     * A request is done, and its answer is about to end. Its rows are in the ledger then, unless that takes too long:
     * whoever has the whole answer finds it there, even if this process dies at once.
     */
    void record(RequestContext call, RequestRecord request) {
        if (ledger == null) {
            return;
        }
        RequestRef about = requestRef(call);
        long began = began(request.took());
        List<LedgerRow> rows = new ArrayList<>();
        StringJoiner order = new StringJoiner(" ");
        for (AttemptResult attempt : request.attempts()) {
            String id = call.markRecorded(attempt).orElseGet(ledger::nextId);
            order.add(id.substring(id.indexOf('-') + 1));
            if (call.markRecorded(attempt).isEmpty()) {
                rows.add(row(id, attempt, about, began));
            }
        }
        request.escalations()
                .forEach(one -> rows.add(new EscalationRow(
                        ledger.nextId(), began, about, one.layer(), one.trigger(), ledger.gateway(), one.before())));
        rows.add(new RequestRow(
                ledger.nextId(),
                began,
                about,
                request.endpoint(),
                request.asked(),
                call.trail().first().orElse(null),
                request.deployment(),
                request.deployment() == null
                        ? null
                        : book.layerOf(request.deployment()).orElse(null),
                request.status(),
                request.error() == null ? null : request.error().code(),
                request.streamed(),
                request.took().toMillis(),
                call.trail().tried(),
                request.degraded(),
                request.microDollars().orElse(null),
                ledger.gateway(),
                order.toString(),
                ExplainResponseWriter.text(call.plan().planned())));
        ledger.write(rows, ROWS_WAIT);
    }

    /** A request was given the answer of an earlier one. Never waits for the ledger. */
    void replayed(IdempotentRequest asking, StoredReply reply, String deployment) {
        if (ledger != null) {
            RequestRef about = new RequestRef(asking.id(), asking.clientKey(), asking.chain(), null, null, revision);
            ledger.add(new ReplayRow(
                    ledger.nextId(),
                    clock.millis(),
                    about,
                    reply.requestId(),
                    asking.endpointName(),
                    deployment,
                    reply.status(),
                    ledger.gateway()));
        }
    }

    private RequestRef requestRef(RequestContext call) {
        RequestComplexity complexity = call.complexity();
        return new RequestRef(
                call.id(),
                call.clientKey(),
                call.chain(),
                complexity == null ? null : complexity.task(),
                complexity == null
                        ? null
                        : Integer.valueOf(complexity.shown().movePointRight(1).intValue()),
                revision);
    }

    private AttemptRow row(String id, AttemptResult attempt, RequestRef about, long began) {
        AttemptMetering metered = attempt.metering();
        Long after = metered.startedAfter() == null
                ? null
                : Long.valueOf(metered.startedAfter().toMillis());
        return new AttemptRow(
                id,
                after == null ? began : began + after,
                about,
                attempt.deployment(),
                book.layerOf(attempt.deployment()).orElse(null),
                attempt.outcome().name().toLowerCase(Locale.ROOT),
                attempt.detail(),
                attempt.failure() == null
                        ? null
                        : attempt.failure().kind().name().toLowerCase(Locale.ROOT),
                attempt.status(),
                after,
                metered.firstToken() == null
                        ? null
                        : Long.valueOf(metered.firstToken().toMillis()),
                attempt.duration().toMillis(),
                metered.usage(),
                new AttemptRow.Flags(
                        metered.estimated(), attempt.has(AttemptResult.Mark.RESENT), attempt.possiblyBilled()),
                metered.microDollars(),
                ledger.gateway(),
                attempt.failure() == null ? null : attempt.failure().providerMessage());
    }
}
