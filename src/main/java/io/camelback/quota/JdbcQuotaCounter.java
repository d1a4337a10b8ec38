package io.camelback.quota;

import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerDatabase;
import io.camelback.ledger.LedgerUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts quotas in the ledger's database: exact for all gateways that share it, in one transaction per request. */
final class JdbcQuotaCounter implements QuotaCounter {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcQuotaCounter.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration FORGET = Duration.ofHours(1);
    private static final long GATE = -1;
    private static final long COOLDOWN = -2;

    private final Ledger ledger;
    private final Duration maxWait;
    private final Map<String, Long> cooling = new ConcurrentHashMap<>();
    /** What is known here of the quotas of deployments, for those who cannot wait. */
    private final InMemoryQuotaCounter seen = new InMemoryQuotaCounter();

    /** @param maxWait how long a request waits for the database */
    JdbcQuotaCounter(Ledger ledger, Duration maxWait) {
        this.ledger = ledger;
        this.maxWait = maxWait;
        try {
            look();
        } catch (LedgerUnavailableException e) {
            ledger.markFailed(e);
        }
        ledger.schedule(LOOK, this::look);
        ledger.schedule(FORGET, this::forget);
    }

    @Override
    public Admission take(List<Take> takes) {
        try {
            Admission taken =
                    LedgerDatabase.await(ledger.database().submit(connection -> take(connection, takes)), maxWait);
            if (taken.full() == null) {
                see(takes);
            }
            return taken;
        } catch (LedgerUnavailableException e) {
            ledger.markFailed(e);
            throw e;
        }
    }

    @Override
    public Admission peek(List<Take> takes) {
        return seen.peek(takes);
    }

    private void see(List<Take> takes) {
        seen.correct(takes.stream()
                .filter(take -> take.quota().subject().startsWith(QuotaService.DEPLOYMENT))
                .toList());
    }

    private static Admission take(Connection connection, List<Take> takes) throws SQLException {
        List<Long> used = new ArrayList<>();
        for (int i = 0; i < takes.size(); i++) {
            Take take = takes.get(i);
            if (take.quota().sliding()) {
                add(connection, take.quota().id(), GATE, Long.MAX_VALUE, 0);
            }
            add(connection, take.quota().id(), take.slot().starts(), take.slot().ends(), take.amount());
            long[] sum = sum(connection, take);
            if (sum[0] > take.quota().limit()) {
                for (Take taken : takes.subList(0, i + 1)) {
                    add(
                            connection,
                            taken.quota().id(),
                            taken.slot().starts(),
                            taken.slot().ends(),
                            -taken.amount());
                }
                return new Admission(take.quota(), List.of(sum[0] - take.amount()), sum[1]);
            }
            used.add(sum[0]);
        }
        return new Admission(null, used, 0);
    }

    /** Whoever adds first holds the row until its transaction ends, so that what is read then is all there is. */
    private static void add(Connection connection, String quota, long starts, long ends, long amount)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO camelback_quota (quota, starts, ends, used)"
                        + " VALUES (?, ?, ?, ?) ON CONFLICT (quota, starts) DO UPDATE SET used = camelback_quota.used + excluded.used")) {
            statement.setString(1, quota);
            statement.setLong(2, starts);
            statement.setLong(3, ends);
            statement.setLong(4, amount);
            statement.executeUpdate();
        }
    }

    /** The sum, and where the oldest part of it begins. */
    static long[] sum(Connection connection, Take take) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT COALESCE(SUM(used), 0),"
                        + " MIN(CASE WHEN used > 0 THEN starts END) FROM camelback_quota WHERE quota = ? AND starts >= ? AND starts <= ?")) {
            statement.setString(1, take.quota().id());
            statement.setLong(2, take.slot().from());
            statement.setLong(3, take.slot().starts());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new long[] {row.getLong(1), row.getLong(2)};
            }
        }
    }

    @Override
    public void correct(List<Take> takes) {
        see(takes);
        ledger.database()
                .submit(connection -> {
                    for (Take take : takes) {
                        add(
                                connection,
                                take.quota().id(),
                                take.slot().starts(),
                                take.slot().ends(),
                                take.amount());
                    }
                    return null;
                })
                .exceptionally(failed -> {
                    LOG.warn("Quota usage of finished requests could not be written: {}", failed.getMessage());
                    return null;
                });
    }

    @Override
    public void coolDown(String whose, long until) {
        cooling.merge(whose, until, Math::max);
        ledger.database()
                .submit(connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(
                            "INSERT INTO camelback_quota (quota, starts, ends, used)"
                                    + " VALUES (?, ?, ?, ?) ON CONFLICT (quota, starts) DO UPDATE SET ends = excluded.ends, used = excluded.used")) {
                        statement.setString(1, whose);
                        statement.setLong(2, COOLDOWN);
                        statement.setLong(3, until);
                        statement.setLong(4, until);
                        return statement.executeUpdate();
                    }
                })
                .exceptionally(failed -> {
                    LOG.warn("A quota's cooldown could not be written: {}", failed.getMessage());
                    return 0;
                });
    }

    @Override
    public Optional<Long> coolsUntil(String whose) {
        return Optional.ofNullable(cooling.get(whose));
    }

    private void look() {
        Map<String, Long> cooldowns = new HashMap<>();
        Map<String, TreeMap<Long, Long>> counted = new HashMap<>();
        ledger.database().read(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT quota, starts, used FROM camelback_quota"
                            + " WHERE starts = ? OR starts >= 0 AND quota LIKE ?")) {
                statement.setLong(1, COOLDOWN);
                statement.setString(2, QuotaService.DEPLOYMENT + "%");
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        if (row.getLong(2) == COOLDOWN) {
                            cooldowns.put(row.getString(1), row.getLong(3));
                        } else {
                            counted.computeIfAbsent(row.getString(1), quota -> new TreeMap<>())
                                    .put(row.getLong(2), row.getLong(3));
                        }
                    }
                }
            }
            return null;
        });
        cooldowns.forEach((whose, until) -> cooling.merge(whose, until, Math::max));
        seen.replace(counted);
    }

    /** Until when nothing is let in, Unix time in milliseconds; 0 when it was never at a limit, or long ago. */
    static long coolsUntil(Connection connection, String whose) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT used FROM camelback_quota WHERE quota = ? AND starts = ?")) {
            statement.setString(1, whose);
            statement.setLong(2, COOLDOWN);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private void forget() {
        long now = ledger.database().now();
        ledger.database().write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM camelback_quota WHERE ends < ?")) {
                delete.setLong(1, now - FORGET.toMillis());
                return delete.executeUpdate();
            }
        });
    }
}
