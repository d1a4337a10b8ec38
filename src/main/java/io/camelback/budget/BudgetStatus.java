package io.camelback.budget;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a budget in one of its windows.
 *
 * @param settled micro-dollars spent in the window
 * @param reserved micro-dollars put aside for attempts under way
 * @param refusing whether the last attempt that asked for room got none
 */
public record BudgetStatus(BudgetLimit cap, BudgetWindow window, long settled, long reserved, boolean refusing) {
    /** Micro-dollars that nobody has spent or put aside; not below zero. */
    public long remaining() {
        return Math.max(0, cap.microDollars() - settled - reserved);
    }

    /**
     * What will be spent when the window ends, if it goes on as until now; what is spent when it has just begun or is
     * over.
     */
    public long forecast(Instant now) {
        long gone = Duration.between(window.starts(), now).toMillis();
        long whole = Duration.between(window.starts(), window.ends()).toMillis();
        return gone <= 0 || gone >= whole
                ? settled
                : BigInteger.valueOf(settled)
                        .multiply(BigInteger.valueOf(whole))
                        .divide(BigInteger.valueOf(gone))
                        .longValueExact();
    }

    /** Reads how budgets stand, by the calendar of a time zone. */
    public static List<BudgetStatus> read(Connection connection, List<BudgetLimit> caps, ZoneId zone, Instant now)
            throws SQLException {
        List<BudgetStatus> all = new ArrayList<>();
        for (BudgetLimit cap : caps) {
            BudgetWindow window = BudgetWindow.of(cap.period(), zone, now);
            BudgetDao.Sums sums =
                    BudgetDao.read(connection, cap.id(), window.starts().toEpochMilli());
            all.add(new BudgetStatus(cap, window, sums.settled(), sums.reserved(), false));
        }
        return all;
    }

    /** Whether nothing more can be had from it for now. */
    public boolean exhausted() {
        return refusing || remaining() == 0;
    }
}
