package io.camelback.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL for the tests of a class, with an empty database for each test. */
public final class PostgresServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private EmbeddedPostgres postgres;
    private int number;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE test" + ++number);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        postgres.close();
    }

    /** This test's own database. */
    public String freshUrl() {
        return postgres.getJdbcUrl("postgres", "test" + number);
    }

    public int port() {
        return postgres.getPort();
    }
}
