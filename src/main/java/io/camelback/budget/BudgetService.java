package io.camelback.budget;

import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerRow;
import io.camelback.ledger.LedgerUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Keeps spending within the configured limits. Before an attempt the most it can cost is put aside, in every budget it
 * counts to or in none, in one transaction; requests that wait at the same time share it. Afterwards what it did cost
 * takes its place. So settled and reserved together never exceed a cap, whatever the concurrency and however many
 * gateways share the ledger. When the ledger cannot be asked, nothing is allowed.
 */
public final class BudgetService {
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMillis(250);
    /** How often room is looked for that other gateways may give back. */
    private static final long ROOM_LOOK = Duration.ofMillis(100).toNanos();
    /** How many requests may wait for room at once. */
    private static final int MOST_WAIT_FOR_ROOM = 200;

    private final Ledger ledger;
    private final NonDecreasingClock clock;
    private final BudgetStatusCache statusCache = new BudgetStatusCache();
    private final BudgetThresholdNotifier alarms = new BudgetThresholdNotifier();
    private final Set<String> live = ConcurrentHashMap.newKeySet();
    private final ReservationQueue reservations;
    private final SettlementQueue settlements;
    private final Semaphore waitsForRoom = new Semaphore(MOST_WAIT_FOR_ROOM);
    private final LedgerOutage.Tracker outage = new LedgerOutage.Tracker();
    private volatile BudgetPolicy watched;

    private BudgetService(Ledger ledger, Clock clock, Duration maxWait) {
        this.ledger = ledger;
        this.clock = new NonDecreasingClock(clock);
        this.settlements = new SettlementQueue(ledger, this::settled);
        this.reservations = new ReservationQueue(ledger, maxWait, this::tooLate);
    }

    /**
     * Begins to keep budgets in a ledger. What a dead gateway has left open is settled first.
     *
     * @param maxWait how long a request waits for the ledger
     */
    public static BudgetService open(Ledger ledger, Clock clock, Duration maxWait) {
        BudgetService budgets = new BudgetService(ledger, clock, maxWait);
        OrphanedReservationReaper recovery = new OrphanedReservationReaper(
                ledger, budgets.live::contains, () -> budgets.clock.now().toEpochMilli());
        try {
            budgets.clock.atLeast(ledger.database().read(BudgetDao::latest));
            recovery.run();
        } catch (LedgerUnavailableException e) {
            ledger.markFailed(e);
        }
        ledger.schedule(OrphanedReservationReaper.PAUSE, recovery);
        ledger.schedule(AGAIN, budgets.settlements::retry);
        ledger.onClose(budgets.settlements::finish);
        return budgets;
    }

    /** From now on this one is told when a budget comes to a threshold or refuses, on a thread of the ledger's. */
    public void listen(Consumer<BudgetAlert> listener) {
        alarms.listen(listener);
    }

    /** Puts room aside, and waits for none. @see #reserve(Charge, Duration) */
    public BudgetReservation reserve(ReservationRequest charge) {
        return reserve(charge, Duration.ZERO);
    }

    /**
     * Puts room aside for an attempt, durably: it is known after a crash.
     *
     * @param wait how long to wait for room that requests under way have put aside; zero for not at all
     * @throws BudgetExceededException when a cap has not so much room
     * @throws LedgerUnavailableException when the ledger cannot be asked in time; then nothing may be spent
     */
    public BudgetReservation reserve(ReservationRequest charge, Duration wait) {
        long begun = System.nanoTime();
        long settledBefore = settlements.count();
        try {
            return reserveNow(charge);
        } catch (BudgetExceededException e) {
            if (e.reason() != BudgetExceededException.Reason.PUT_ASIDE || wait.isZero() || !waitsForRoom.tryAcquire()) {
                throw e;
            }
        }
        try {
            return reserveLater(charge, begun + wait.toNanos(), settledBefore);
        } finally {
            waitsForRoom.release();
        }
    }

    private BudgetReservation reserveLater(ReservationRequest charge, long deadline, long settledBefore) {
        long seen = settledBefore;
        while (true) {
            long left = deadline - System.nanoTime();
            settlements.awaitMore(seen, Math.min(left, ROOM_LOOK));
            seen = settlements.count();
            try {
                return reserveNow(charge);
            } catch (BudgetExceededException e) {
                if (e.reason() != BudgetExceededException.Reason.PUT_ASIDE
                        || left <= ROOM_LOOK
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    private BudgetReservation reserveNow(ReservationRequest charge) {
        Instant now = clock.now();
        List<BudgetLimitWindow> windows = charge.windows(cap -> now);
        BudgetReservation reservation = new BudgetReservation(
                ledger.nextId(),
                charge,
                windows.stream().map(BudgetLimitWindow::slot).toList());
        ReservationVerdict verdict = decide(new PendingReservation(reservation, windows, now.toEpochMilli()));
        if (verdict.isRefused()) {
            live.remove(reservation.id());
            throw refusal(charge, verdict, now);
        }
        healthy();
        for (int i = 0; i < windows.size(); i++) {
            statusCache.admitted(
                    windows.get(i).cap(),
                    windows.get(i).window(),
                    verdict.sums().get(i));
        }
        return reservation;
    }

    private ReservationVerdict decide(PendingReservation pending) {
        String id = pending.reservation().id();
        live.add(id);
        try {
            if (!ledger.seen()) {
                live.remove(id);
                throw new LedgerUnavailableException("the ledger's database has not answered since the start", null);
            }
            return reservations.ask(pending);
        } catch (LedgerUnavailableException e) {
            outage.countRefusal(clock.now());
            ledger.markFailed(e);
            throw e;
        }
    }

    private RuntimeException refusal(ReservationRequest charge, ReservationVerdict verdict, Instant now) {
        BudgetExceededException exceeded = BudgetExceededException.of(
                verdict.refused(), verdict.found(), charge.about().task(), charge.microDollars(), now);
        if (settlements.isBehind()) {
            LedgerUnavailableException behind = new LedgerUnavailableException(
                    "settlements are waiting for the ledger, so the remaining budget is unknown", exceeded);
            outage.countRefusal(clock.now());
            if (ledger.problem().isEmpty()) {
                ledger.markFailed(behind);
            }
            return behind;
        }
        healthy();
        if (exceeded.reason() == BudgetExceededException.Reason.USED_UP) {
            statusCache.refused(exceeded.cap(), verdict.refused().window(), verdict.found());
            alarms.refused(exceeded.cap(), verdict.refused().window(), verdict.found());
        }
        return exceeded;
    }

    private void healthy() {
        if (outage.end() || ledger.problem().isPresent()) {
            ledger.markHealthy();
        }
    }

    /**
     * Since when requests under a budget are refused because the ledger does not answer, and how many; empty when none
     * are.
     */
    public Optional<LedgerOutage> outage() {
        return outage.current();
    }

    /** How many requests were refused since the start because the ledger did not answer. */
    public long refused() {
        return outage.refusals();
    }

    /** Nobody waits for this room any more. It is given back if it may have been taken. */
    private void tooLate(PendingReservation pending, boolean mayBeTaken) {
        if (mayBeTaken && settlements.hasRoom()) {
            settlements.add(new Settlement(pending.reservation(), pending.windows(), 0, List.of()));
        } else {
            live.remove(pending.reservation().id());
        }
    }

    /**
     * Puts what an attempt did cost in the place of what was put aside for it. Does not wait; what cannot be written
     * now is written later.
     *
     * @param spent micro-dollars; more than was put aside when the provider counts differently
     * @param rows the attempt's rows, written together with the bill; the last one should have the reservation's id
     */
    public void settle(BudgetReservation reservation, long spent, List<? extends LedgerRow> rows) {
        settlements.add(new Settlement(reservation, reservation.limitWindows(), spent, rows));
    }

    private void settled(Settlement bill, List<BudgetDao.Sums> sums) {
        live.remove(bill.reservation().id());
        for (int i = 0; i < sums.size() && sums.size() == bill.windows().size(); i++) {
            BudgetLimitWindow one = bill.windows().get(i);
            statusCache.settled(one.cap(), one.window(), sums.get(i));
            alarms.settled(one.cap(), one.window(), sums.get(i), bill.spent());
        }
    }

    /**
     * How a budget stands, as far as this gateway knows; other gateways' spending shows after a few seconds. Never
     * waits.
     */
    public BudgetStatus status(BudgetLimit cap, ZoneId zone) {
        return statusCache.of(cap, BudgetWindow.of(cap.period(), zone, clock.now()));
    }

    /**
     * What {@link #reserve} would say, as far as this gateway knows. Never waits, and puts nothing aside.
     *
     * @param task what the room is wanted for; null when nobody knows
     */
    public Optional<BudgetExceededException> preview(
            List<BudgetLimit> caps, ZoneId zone, String task, long microDollars) {
        Instant now = clock.now();
        return statusCache.preview(BudgetLimitWindow.sorted(caps, zone, cap -> now), task, microDollars, now);
    }

    /** Reads how budgets stand. @throws LedgerUnavailableException when they cannot be read */
    public void refresh(List<BudgetLimit> caps, ZoneId zone) {
        Instant now = clock.now();
        ledger.database()
                .read(connection -> BudgetStatus.read(connection, caps, zone, now))
                .forEach(statusCache::settled);
    }

    /**
     * From now on the standing of these budgets is known, and what other gateways spend of them is seen after a few
     * seconds.
     */
    public void watch(BudgetPolicy book) {
        boolean first = watched == null;
        watched = book;
        look();
        if (first && ledger.database().shared()) {
            ledger.schedule(LOOK, this::look);
        }
    }

    private void look() {
        BudgetPolicy book = watched;
        try {
            refresh(book.all(), book.zone());
        } catch (LedgerUnavailableException e) {
            ledger.markFailed(e);
        }
    }

    /** How many requests wait for room that others have put aside. */
    int waiting() {
        return MOST_WAIT_FOR_ROOM - waitsForRoom.availablePermits();
    }

    /** How many reservations of this gateway are open, those included whose settlement waits for the ledger. */
    public int open() {
        return live.size();
    }
}
