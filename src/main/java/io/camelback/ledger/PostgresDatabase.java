package io.camelback.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.camelback.concurrent.DaemonThreads;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.api.FlywayException;

/**
 * A PostgreSQL that several gateways share. It may be down when the gateway starts: its tables are looked at when it
 * first answers, and until then nothing is read or written.
 */
public final class PostgresDatabase extends LedgerDatabase {
    private static final long SHORTEST_WAIT = 250;
    private static final int MOST_TRIES = 3;
    /** Flyway holds a lock on one connection while it works on another. */
    private static final int FEWEST = 2;
    /** Serialization failure and deadlock: the transaction is undone and may be run again. */
    private static final Set<String> COLLISIONS = Set.of("40001", "40P01");
    /** How long one connection is tried beside the pool, in seconds. */
    private static final String PROBE_SECONDS = "1";

    private final HikariConfig config;
    private final Duration maxWait;
    private volatile HikariDataSource pool;
    private final ReentrantLock preparing = new ReentrantLock();
    private volatile boolean prepared;
    private volatile LedgerRefusedException refused;

    private PostgresDatabase(HikariConfig config, int connections, Duration maxWait) {
        super(Executors.newFixedThreadPool(connections, DaemonThreads.named("camelback-ledger")));
        this.config = config;
        this.maxWait = maxWait;
        this.pool = new HikariDataSource(config);
    }

    /**
     * Does not wait for the database.
     *
     * @param url {@code jdbc:postgresql://host/database}
     * @param user null when the URL says it
     * @param connections how many may be open at once
     * @param maxWait how long to wait for a connection
     */
    public static PostgresDatabase open(String url, String user, String password, int connections, Duration maxWait) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setPoolName("camelback-ledger");
        config.setMaximumPoolSize(Math.max(FEWEST, connections));
        config.setAutoCommit(false);
        config.setConnectionTimeout(SHORTEST_WAIT);
        config.setValidationTimeout(SHORTEST_WAIT);
        config.setInitializationFailTimeout(-1);
        config.setThreadFactory(DaemonThreads.named("camelback-ledger-pool"));
        config.addDataSourceProperty("ApplicationName", "camelback");
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", "30");
        return new PostgresDatabase(config, connections, maxWait);
    }

    @Override
    public <T> T write(Work<T> work) {
        prepare();
        for (int tries = 1; ; tries++) {
            try (Connection connection = connection()) {
                return inTransaction(connection, work);
            } catch (SQLException e) {
                if (tries == MOST_TRIES || !COLLISIONS.contains(String.valueOf(e.getSQLState()))) {
                    throw unavailable(e);
                }
            }
        }
    }

    /** Of the pool that is there, or of the one that takes its place meanwhile. */
    private Connection connection() throws SQLException {
        long begun = System.nanoTime();
        while (true) {
            HikariDataSource asked = pool;
            try {
                return asked.getConnection();
            } catch (SQLException e) {
                boolean mayWait =
                        e instanceof SQLTransientConnectionException && System.nanoTime() - begun < maxWait.toNanos();
                if (!mayWait && asked == pool) {
                    throw e;
                }
            }
        }
    }

    private static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        try {
            T result = work.in(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            try {
                connection.rollback();
            } catch (SQLException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    @Override
    public <T> T statement(Work<T> work) {
        prepare();
        for (int tries = 1; ; tries++) {
            try (Connection connection = connection()) {
                connection.setAutoCommit(true);
                return work.in(connection);
            } catch (SQLException e) {
                if (tries == MOST_TRIES || !COLLISIONS.contains(String.valueOf(e.getSQLState()))) {
                    throw unavailable(e);
                }
            }
        }
    }

    @Override
    public <T> T read(Work<T> work) {
        return write(work);
    }

    /**
     * The pool tries again ever more rarely, in the end every five seconds. A server that takes one connection gets a
     * new pool at once.
     */
    @Override
    public void reconnect() {
        HikariDataSource old = pool;
        if (old.getHikariPoolMXBean().getTotalConnections() > 0) {
            return;
        }
        Properties properties = new Properties();
        properties.putAll(config.getDataSourceProperties());
        properties.setProperty("connectTimeout", PROBE_SECONDS);
        properties.setProperty("loginTimeout", PROBE_SECONDS);
        if (config.getUsername() != null) {
            properties.setProperty("user", config.getUsername());
        }
        if (config.getPassword() != null) {
            properties.setProperty("password", config.getPassword());
        }
        try {
            DriverManager.getConnection(config.getJdbcUrl(), properties).close();
        } catch (SQLException e) {
            throw unavailable(e);
        }
        pool = new HikariDataSource(config);
        old.close();
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public long now() {
        return read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** @throws LedgerRefusedException once and for all, when the tables are of a newer version */
    private void prepare() {
        if (prepared) {
            return;
        }
        if (refused != null) {
            throw new LedgerUnavailableException(refused.getMessage(), refused);
        }
        preparing.lock();
        try {
            if (!prepared) {
                try (Connection connection = connection()) {
                    connection.rollback();
                }
                SchemaMigration.migrate(pool, "in PostgreSQL");
                prepared = true;
            }
        } catch (SQLException e) {
            throw unavailable(e);
        } catch (FlywayException e) {
            throw new LedgerUnavailableException("the ledger's tables could not be checked", e);
        } catch (LedgerRefusedException e) {
            refused = e;
            throw new LedgerUnavailableException(e.getMessage(), e);
        } finally {
            preparing.unlock();
        }
    }

    @Override
    public void close() {
        super.close();
        pool.close();
    }
}
