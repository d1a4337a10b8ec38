package io.camelback.budget;

import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerDatabase;
import io.camelback.ledger.LedgerRowWriter;
import io.camelback.pricing.Cost;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles reservations that were left open: those of a stopped gateway at their full amount, because nobody knows what
 * was delivered, and those of this gateway whose request gave up waiting at zero, because nothing was sent.
 */
final class OrphanedReservationReaper implements Runnable {
    static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedReservationReaper.class);
    private static final long FORGOTTEN = Duration.ofSeconds(60).toMillis();
    private final Ledger ledger;
    private final Predicate<String> live;
    private final LongSupplier now;

    /**
     * @param live whether a reservation of this gateway is still somebody's
     * @param now the time by which reservations were made, Unix time in milliseconds
     */
    OrphanedReservationReaper(Ledger ledger, Predicate<String> live, LongSupplier now) {
        this.ledger = ledger;
        this.live = live;
        this.now = now;
    }

    @Override
    public void run() {
        LedgerDatabase database = ledger.database();
        // Nobody else can have an embedded database open: whoever else has written there is dead.
        long alive = database.shared() ? database.now() - Ledger.LEASE.toMillis() : Long.MAX_VALUE;
        List<ReservationDao.Open> dead =
                database.read(connection -> ReservationDao.abandoned(connection, ledger.gateway(), alive));
        long charged = 0;
        for (ReservationDao.Open open : dead) {
            charged += database.write(connection -> settle(connection, open, true)) ? open.microDollars() : 0;
        }
        if (charged > 0) {
            LOG.warn(
                    "Settled {} reservations of a stopped gateway at their full amount, {} dollars in total",
                    dead.size(),
                    new Cost(charged).dollars());
        }
        List<ReservationDao.Open> mine = database.read(
                connection -> ReservationDao.of(connection, ledger.gateway(), now.getAsLong() - FORGOTTEN));
        mine.stream()
                .filter(open -> !live.test(open.id()))
                .forEach(open -> database.write(connection -> settle(connection, open, false)));
    }

    private static Boolean settle(Connection connection, ReservationDao.Open open, boolean charge) throws SQLException {
        boolean taken = !ReservationDao.delete(connection, List.of(open.id())).isEmpty();
        if (taken) {
            SortedMap<BudgetReservation.Slot, long[]> changes = new TreeMap<>();
            open.windows()
                    .forEach(slot ->
                            changes.put(slot, new long[] {charge ? open.microDollars() : 0, -open.microDollars()}));
            BudgetDao.change(connection, changes);
            if (charge) {
                LedgerRowWriter.write(connection, List.of(open.recovered()));
                LedgerRowWriter.writeRequest(connection, open.recoveredRequest());
            }
        }
        return taken;
    }
}
