package io.camelback.camel;

import io.camelback.budget.BudgetBook;
import io.camelback.budget.BudgetExceeded;
import io.camelback.budget.Budgets;
import io.camelback.budget.Cap;
import io.camelback.budget.Charge;
import io.camelback.budget.Reservation;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.failure.NotAdmitted;
import io.camelback.idempotency.KeptReply;
import io.camelback.ledger.About;
import io.camelback.ledger.AttemptRow;
import io.camelback.ledger.EscalationRow;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerUnavailable;
import io.camelback.ledger.ReplayRow;
import io.camelback.ledger.RequestRow;
import io.camelback.ledger.Row;
import io.camelback.observe.RequestRecord;
import io.camelback.routing.Attempt;
import io.camelback.routing.Complexity;
import io.camelback.routing.Drop;
import io.camelback.routing.Metered;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** Asks the budgets, and enters requests and their attempts in the ledger, as one version of the configuration has it. */
final class Books {
    private static final String NO_PRICE = "no price, under a budget";
    private static final Duration ROOM_WAIT = Duration.ofSeconds(2);
    /** How long the end of an answer waits until it is in the ledger. */
    private static final Duration ROWS_WAIT = Duration.ofMillis(250);
    private final Ledger ledger;
    private final Budgets budgets;
    private final BudgetBook book;
    private final int revision;
    private final Clock clock;

    /** @param revision the number of the configuration's version, from 1 */
    Books(Accounts accounts, CamelbackConfig config, int revision, Clock clock) {
        this.ledger = accounts.ledger().orElse(null);
        this.budgets = accounts.budgets().orElse(null);
        this.book = new BudgetBook(config.spending(), accounts::keyBudget);
        this.revision = revision;
        this.clock = clock;
    }

    BudgetBook book() {
        return book;
    }

    Optional<Budgets> budgets() {
        return Optional.ofNullable(budgets);
    }

    /**
     * Puts aside what a turn can cost at most, in every budget it counts to.
     *
     * @throws NotAdmitted when one has no room, or when it cannot be asked
     */
    Booking reserve(Call call, Deployment deployment) {
        List<Cap> caps = book.caps(deployment.name(), call.chain(), call.clientKey());
        if (caps.isEmpty()) {
            return Booking.NONE;
        }
        OptionalLong most = WorstCase.of(call, deployment);
        if (most.isPresent() && most.getAsLong() == 0) {
            return Booking.NONE;
        }
        if (most.isEmpty() || budgets == null) {
            throw refused(call, unknown(most).attempt(deployment.name()));
        }
        try {
            Reservation reservation = budgets.reserve(new Charge(about(call), deployment.name(),
                    book.layerOf(deployment.name()).orElse(null), caps, book.zone(), most.getAsLong()), roomWait(call, deployment));
            return turns -> settle(call, reservation, turns);
        } catch (BudgetExceeded e) {
            throw refused(call, Attempt.overBudget(deployment.name(), e.getMessage(), e.left()));
        } catch (LedgerUnavailable e) {
            throw refused(call, Attempt.skipped(deployment.name(), NotAdmitted.Reason.NO_LEDGER, Attempt.NO_LEDGER));
        }
    }

    /** Only where no other link is left to ask is it worth to wait for room that requests under way will give back. */
    private static Duration roomWait(Call call, Deployment deployment) {
        if (!call.plan().behind(deployment).isEmpty()) {
            return Duration.ZERO;
        }
        Duration left = call.left();
        return left == null || left.compareTo(ROOM_WAIT) > 0 ? ROOM_WAIT : left;
    }

    /** Why a budget cannot be asked. @param most empty when there is no price */
    private static Drop unknown(OptionalLong most) {
        return most.isEmpty() ? Drop.of(NotAdmitted.Reason.NO_PRICE, NO_PRICE)
                : Drop.of(NotAdmitted.Reason.NO_LEDGER, Attempt.NO_LEDGER);
    }

    /** Whether {@link #reserve} would refuse, as far as this gateway knows. The request is counted only when room is scarce. */
    Optional<Drop> foresee(Call call, Deployment deployment) {
        List<Cap> caps = book.caps(deployment.name(), call.chain(), call.clientKey());
        if (caps.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong most = WorstCase.bound(call, deployment);
        if (most.isEmpty() || most.getAsLong() > 0 && (budgets == null || !ledger.seen())) {
            return Optional.of(unknown(most));
        }
        return most.getAsLong() == 0 || foresee(call, caps, most.getAsLong()).isEmpty() ? Optional.empty()
                : foresee(call, caps, WorstCase.of(call, deployment).orElseThrow())
                        .map(full -> Drop.overBudget(full.getMessage(), full.left()));
    }

    /** What the budgets have left that a turn counts to, as far as this gateway knows; empty without any. */
    OptionalLong left(Call call, Deployment deployment) {
        return budgets == null ? OptionalLong.empty() : book.caps(deployment.name(), call.chain(), call.clientKey()).stream()
                .mapToLong(cap -> budgets.standing(cap, book.zone()).left()).min();
    }

    private Optional<BudgetExceeded> foresee(Call call, List<Cap> caps, long microDollars) {
        Complexity complexity = call.complexity();
        return budgets.foresee(caps, book.zone(), complexity == null ? null : complexity.task(), microDollars);
    }

    private static NotAdmitted refused(Call call, Attempt attempt) {
        call.trail().add(attempt);
        return new NotAdmitted(attempt.deployment(), attempt.skipped());
    }

    /** The bill and the rows it stands for are written in one transaction. A bill that cannot be made out is for all that was put aside. */
    private void settle(Call call, Reservation reservation, List<Attempt> turns) {
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

    private long bill(Call call, Reservation reservation, List<Attempt> turns, List<AttemptRow> rows) {
        About about = reservation.charge().about();
        long began = began(call.elapsed());
        long spent = 0;
        for (Attempt turn : turns) {
            boolean last = rows.size() == turns.size() - 1;
            String id = last ? reservation.id() : ledger.nextId();
            rows.add(row(id, turn, about, began));
            Long cost = turn.metered().microDollars();
            spent += cost == null ? reservation.charge().microDollars() : cost;
            call.entered(turn, id);
        }
        return spent;
    }

    private long began(Duration ago) {
        return clock.millis() - ago.toMillis();
    }

    /**
     * A request is done, and its answer is about to end. Its rows are in the ledger then, unless that takes too long: whoever
     * has the whole answer finds it there, even if this process dies at once.
     */
    void done(Call call, RequestRecord request) {
        if (ledger == null) {
            return;
        }
        About about = about(call);
        long began = began(request.took());
        List<Row> rows = new ArrayList<>();
        StringJoiner order = new StringJoiner(" ");
        for (Attempt attempt : request.attempts()) {
            String id = call.entered(attempt).orElseGet(ledger::nextId);
            order.add(id.substring(id.indexOf('-') + 1));
            if (call.entered(attempt).isEmpty()) {
                rows.add(row(id, attempt, about, began));
            }
        }
        request.escalations().forEach(one -> rows.add(new EscalationRow(ledger.nextId(), began, about, one.layer(), one.trigger(),
                ledger.gateway(), one.before())));
        rows.add(new RequestRow(ledger.nextId(), began, about, request.door(), request.asked(), call.trail().first().orElse(null),
                request.deployment(), request.deployment() == null ? null : book.layerOf(request.deployment()).orElse(null),
                request.status(), request.error() == null ? null : request.error().code(), request.streamed(),
                request.took().toMillis(), call.trail().tried(), request.degraded(), request.microDollars().orElse(null),
                ledger.gateway(), order.toString(), PlanJson.text(call.plan().planned())));
        ledger.write(rows, ROWS_WAIT);
    }

    /** A request was given the answer of an earlier one. Never waits for the ledger. */
    void replayed(Once.Asking asking, KeptReply reply, String deployment) {
        if (ledger != null) {
            About about = new About(asking.id(), asking.clientKey(), asking.chain(), null, null, revision);
            ledger.add(new ReplayRow(ledger.nextId(), clock.millis(), about, reply.requestId(), asking.entrance(), deployment,
                    reply.status(), ledger.gateway()));
        }
    }

    private About about(Call call) {
        Complexity complexity = call.complexity();
        return new About(call.id(), call.clientKey(), call.chain(), complexity == null ? null : complexity.task(),
                complexity == null ? null : Integer.valueOf(complexity.shown().movePointRight(1).intValue()), revision);
    }

    private AttemptRow row(String id, Attempt attempt, About about, long began) {
        Metered metered = attempt.metered();
        Long after = metered.startedAfter() == null ? null : Long.valueOf(metered.startedAfter().toMillis());
        return new AttemptRow(id, after == null ? began : began + after, about, attempt.deployment(),
                book.layerOf(attempt.deployment()).orElse(null), attempt.outcome().name().toLowerCase(Locale.ROOT), attempt.why(),
                attempt.failure() == null ? null : attempt.failure().kind().name().toLowerCase(Locale.ROOT), attempt.status(), after,
                metered.firstToken() == null ? null : Long.valueOf(metered.firstToken().toMillis()), attempt.took().toMillis(),
                metered.usage(), new AttemptRow.Flags(metered.estimated(), attempt.has(Attempt.Mark.RESENT), attempt.possiblyBilled()),
                metered.microDollars(), ledger.gateway(), attempt.failure() == null ? null : attempt.failure().providerMessage());
    }
}
