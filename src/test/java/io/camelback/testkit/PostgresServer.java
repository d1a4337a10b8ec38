package io.camelback.testkit;

import io.camelback.ledger.PostgresDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real PostgreSQL. Registered as an extension it runs for the tests of a class, with an empty database for each test;
 * else from {@link #start} to {@link #close}, with one database.
 */
public final class PostgresServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, AutoCloseable {
    private static final String USER = "postgres";

    private final boolean durable;
    private final Path data;
    private EmbeddedPostgres postgres;
    private int number;

    /** With files that are gone after the end, and that it does not wait for. */
    public PostgresServer() {
        this(false, null);
    }

    private PostgresServer(boolean durable, Path data) {
        this.durable = durable;
        this.data = data;
    }

    /** One whose commits wait for the disk, as in production. */
    public static PostgresServer durable() throws IOException {
        return new PostgresServer(true, null).start(0);
    }

    /** One that keeps its files in this folder, so that it can be restarted. */
    public static PostgresServer in(Path data) throws IOException {
        return new PostgresServer(false, data).start(0);
    }

    /** @param port 0 for a free one */
    private PostgresServer start(int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        if (!durable) {
            builder.setServerConfig("fsync", "off");
        }
        if (data != null) {
            builder.setDataDirectory(data).setCleanDataDirectory(false);
        }
        if (port != 0) {
            builder.setPort(port);
        }
        postgres = builder.start();
        return this;
    }

    /** Stops it and starts it again on the same port. */
    public void restart() throws IOException {
        int port = port();
        close();
        start(port);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        start(0);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE test" + ++number);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }

    /** The database that is there from the start. */
    public String url() {
        return postgres.getJdbcUrl(USER, USER);
    }

    /** This test's own database. */
    public String freshUrl() {
        return postgres.getJdbcUrl(USER, "test" + number);
    }

    public int port() {
        return postgres.getPort();
    }

    /** Opens this test's own database. */
    public PostgresDatabase open(int connections, Duration maxWait) {
        return open(freshUrl(), connections, maxWait);
    }

    /** Opens a database at this address. */
    public static PostgresDatabase open(String url, int connections, Duration maxWait) {
        return PostgresDatabase.open(url, USER, USER, connections, maxWait);
    }

    /** The configuration of a ledger in this test's own database. */
    public String ledger(Duration maxWait) {
        return ledger(freshUrl(), ", max-wait: " + maxWait.toMillis() + "ms");
    }

    /** The configuration of a ledger at this address. @param more keys, each after a comma */
    public static String ledger(String url, String more) {
        return "\nledger: { url: \"" + url + "\", user: " + USER + ", password: " + USER + more + " }\n";
    }
}
