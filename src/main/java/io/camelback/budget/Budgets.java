package io.camelback.budget;

import io.camelback.ledger.AttemptRow;
import io.camelback.ledger.Database;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerUnavailable;
import io.camelback.ledger.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keeps what is spent within its caps. Before an attempt the most it can cost is put aside, in every budget it counts to or in
 * none, in one transaction; afterwards what it did cost takes its place. So settled and reserved together never exceed a cap,
 * whatever the concurrency and however many gateways share the ledger. When the ledger cannot be asked, nothing is allowed.
 */
public final class Budgets {
    /** How long one that has become slow is waited for. */
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private final Ledger ledger;
    private final SteadyClock clock;
    private final Duration patience;
    private final Standing standing = new Standing();
    private final Alarms alarms = new Alarms();
    private final Set<Reservation.Slot> opened = ConcurrentHashMap.newKeySet();
    private final Set<String> live = ConcurrentHashMap.newKeySet();
    private final Queue<Bill> unsettled = new ConcurrentLinkedQueue<>();
    private volatile boolean slow;
    private volatile BudgetBook watched;

    /** A cap and the window that counts now. */
    private record Taken(Cap cap, Window window) {
        Reservation.Slot slot() {
            return new Reservation.Slot(cap.id(), window.starts().toEpochMilli());
        }
    }

    /** What an attempt came to, on its way into the ledger. */
    private record Bill(Reservation reservation, List<Taken> taken, long spent, List<AttemptRow> rows) { }

    private Budgets(Ledger ledger, Clock clock, Duration patience) {
        this.ledger = ledger;
        this.clock = new SteadyClock(clock);
        this.patience = patience;
    }

    /**
     * Begins to keep budgets in a ledger. What a dead gateway has left open is settled first.
     *
     * @param patience how long a request waits for the ledger
     */
    public static Budgets keep(Ledger ledger, Clock clock, Duration patience) {
        Budgets budgets = new Budgets(ledger, clock, patience);
        Recovery recovery = new Recovery(ledger, budgets.live::contains, () -> budgets.clock.now().toEpochMilli());
        try {
            budgets.clock.atLeast(ledger.database().read(BudgetTable::latest));
            recovery.run();
        } catch (LedgerUnavailable e) {
            ledger.failed(e);
        }
        ledger.every(Recovery.PAUSE, recovery);
        ledger.every(AGAIN, budgets::settleAgain);
        ledger.beforeClosing(budgets::settleAgain);
        return budgets;
    }

    /** From now on this one is told when a budget comes to a threshold or refuses, on a thread of the ledger's. */
    public void listen(Consumer<BudgetAlert> listener) {
        alarms.listen(listener);
    }

    /**
     * Puts room aside for an attempt, durably: it is known after a crash.
     *
     * @throws BudgetExceeded    when a cap has not so much room
     * @throws LedgerUnavailable when the ledger cannot be asked in time; then nothing may be spent
     */
    public Reservation reserve(Charge charge) {
        if (!ledger.seen()) {
            throw new LedgerUnavailable("the ledger has not answered since the start", null);
        }
        Instant now = clock.now();
        List<Taken> taken = windows(charge, now);
        Reservation reservation = new Reservation(ledger.nextId(), charge, taken.stream().map(Taken::slot).toList());
        AtomicBoolean givenUp = new AtomicBoolean();
        live.add(reservation.id());
        CompletableFuture<List<BudgetTable.Sums>> running = ledger.database().submit(
                connection -> take(connection, reservation, taken, now), () -> !givenUp.get());
        try {
            List<BudgetTable.Sums> sums = Database.await(running, slow ? SHORT : patience);
            healthy();
            for (int i = 0; i < taken.size(); i++) {
                standing.admitted(taken.get(i).cap(), taken.get(i).window(), sums.get(i));
            }
            opened.addAll(reservation.windows());
            return reservation;
        } catch (LedgerUnavailable e) {
            givenUp.set(true);
            slow = true;
            ledger.failed(e);
            running.whenComplete((sums, failed) -> tooLate(reservation, taken, failed));
            throw e;
        } catch (BudgetExceeded e) {
            live.remove(reservation.id());
            if (!unsettled.isEmpty()) {
                throw new LedgerUnavailable("bills wait for the ledger, so that nobody knows what is left", e);
            }
            healthy();
            throw e;
        }
    }

    private void healthy() {
        if (slow || ledger.problem().isPresent()) {
            slow = false;
            ledger.works();
        }
    }

    /** Nobody waits for this room any more. Where nobody knows whether it was taken, recovery finds it. */
    private void tooLate(Reservation reservation, List<Taken> taken, Throwable failed) {
        if (failed == null) {
            settle(new Bill(reservation, taken, 0, List.of()));
        } else {
            live.remove(reservation.id());
        }
    }

    private static List<Taken> windows(Charge charge, Instant now) {
        return charge.caps().stream().sorted(Comparator.comparing(Cap::id))
                .map(cap -> new Taken(cap, Window.of(cap.period(), charge.zone(), now))).toList();
    }

    /** In the order of the budgets' ids, so that two gateways never wait for each other. */
    private List<BudgetTable.Sums> take(Connection connection, Reservation reservation, List<Taken> taken, Instant now)
            throws SQLException {
        Charge charge = reservation.charge();
        List<BudgetTable.Sums> sums = new ArrayList<>();
        for (Taken one : taken) {
            Optional<BudgetTable.Sums> room = opened.contains(one.slot()) ? take(connection, charge, one) : Optional.empty();
            if (room.isEmpty()) {
                BudgetTable.open(connection, one.cap().id(), one.window());
                room = take(connection, charge, one);
            }
            sums.add(room.isPresent() ? room.get() : refuse(connection, charge, one, now));
        }
        ReservationTable.insert(connection, reservation, ledger.gateway(), now.toEpochMilli());
        return sums;
    }

    private static Optional<BudgetTable.Sums> take(Connection connection, Charge charge, Taken one) throws SQLException {
        return BudgetTable.reserve(connection, one.cap().id(), one.window().starts().toEpochMilli(), charge.microDollars(),
                one.cap().limitFor(charge.about().task()));
    }

    private BudgetTable.Sums refuse(Connection connection, Charge charge, Taken one, Instant now) throws SQLException {
        Cap cap = one.cap();
        BudgetTable.Sums sums = BudgetTable.read(connection, cap.id(), one.window().starts().toEpochMilli());
        boolean kept = sums.settled() + sums.reserved() <= cap.microDollars() - charge.microDollars();
        if (!kept) {
            standing.refused(cap, one.window(), sums);
            alarms.refused(cap, one.window(), sums);
        }
        throw new BudgetExceeded(cap, Duration.between(now, one.window().ends()), kept);
    }

    /**
     * Puts what an attempt did cost in the place of what was put aside for it. Does not wait; what cannot be written now is
     * written later.
     *
     * @param spent micro-dollars; more than was put aside when the provider counts differently
     * @param rows  the attempt's rows, written together with the bill; the last one should have the reservation's id
     */
    public void settle(Reservation reservation, long spent, List<AttemptRow> rows) {
        Charge charge = reservation.charge();
        List<Taken> taken = charge.caps().stream().sorted(Comparator.comparing(Cap::id)).map(cap -> {
            Reservation.Slot slot = reservation.windows().stream().filter(one -> one.budget().equals(cap.id())).findFirst().orElseThrow();
            return new Taken(cap, Window.of(cap.period(), charge.zone(), Instant.ofEpochMilli(slot.starts())));
        }).toList();
        settle(new Bill(reservation, taken, spent, rows));
    }

    private void settle(Bill bill) {
        ledger.database().submit(connection -> settle(connection, bill)).whenComplete((sums, failed) -> {
            if (failed == null) {
                settled(bill, sums);
            } else {
                unsettled.add(bill);
            }
        });
    }

    /** Written twice it counts once: whoever takes the reservation away changes the sums. */
    private static List<BudgetTable.Sums> settle(Connection connection, Bill bill) throws SQLException {
        List<BudgetTable.Sums> sums = new ArrayList<>();
        if (ReservationTable.delete(connection, bill.reservation().id())) {
            for (Reservation.Slot slot : bill.reservation().windows()) {
                BudgetTable.settle(connection, slot, bill.reservation().charge().microDollars(), bill.spent()).ifPresent(sums::add);
            }
        }
        Rows.write(connection, bill.rows());
        return sums;
    }

    private void settled(Bill bill, List<BudgetTable.Sums> sums) {
        live.remove(bill.reservation().id());
        for (int i = 0; i < sums.size() && sums.size() == bill.taken().size(); i++) {
            Taken one = bill.taken().get(i);
            standing.settled(one.cap(), one.window(), sums.get(i));
            alarms.settled(one.cap(), one.window(), sums.get(i), bill.spent());
        }
    }

    private void settleAgain() {
        for (Bill bill = unsettled.peek(); bill != null; bill = unsettled.peek()) {
            Bill next = bill;
            settled(next, ledger.database().write(connection -> settle(connection, next)));
            unsettled.remove(next);
        }
    }

    /** How a budget stands, as far as this gateway knows; other gateways' spending shows after a few seconds. Never waits. */
    public Spent standing(Cap cap, ZoneId zone) {
        return standing.of(cap, Window.of(cap.period(), zone, clock.now()));
    }

    /**
     * What {@link #reserve} would say, as far as this gateway knows. Never waits, and puts nothing aside.
     *
     * @param task what the room is wanted for; null when nobody knows
     */
    public Optional<BudgetExceeded> foresee(List<Cap> caps, ZoneId zone, String task, long microDollars) {
        Instant now = clock.now();
        return caps.stream().sorted(Comparator.comparing(Cap::id)).flatMap(cap -> {
            Spent spent = standing.of(cap, Window.of(cap.period(), zone, now));
            long used = spent.settled() + spent.reserved();
            return used <= cap.limitFor(task) - microDollars ? Stream.empty() : Stream.of(new BudgetExceeded(cap,
                    Duration.between(now, spent.window().ends()), used <= cap.microDollars() - microDollars));
        }).findFirst();
    }

    /** Reads how budgets stand. @throws LedgerUnavailable when they cannot be read */
    public void refresh(Iterable<Cap> caps, ZoneId zone) {
        ledger.database().read(connection -> {
            for (Cap cap : caps) {
                Window window = Window.of(cap.period(), zone, clock.now());
                standing.settled(cap, window, BudgetTable.read(connection, cap.id(), window.starts().toEpochMilli()));
            }
            return null;
        });
    }

    /** From now on the standing of these budgets is known, and what other gateways spend of them is seen after a few seconds. */
    public void watch(BudgetBook book) {
        boolean first = watched == null;
        watched = book;
        look();
        if (first && ledger.database().shared()) {
            ledger.every(LOOK, this::look);
        }
    }

    private void look() {
        BudgetBook book = watched;
        try {
            refresh(book.all(), book.zone());
        } catch (LedgerUnavailable e) {
            ledger.failed(e);
        }
    }

    /** How many reservations of this gateway are open, those included whose settlement waits for the ledger. */
    public int open() {
        return live.size();
    }
}
