package io.camelback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    @Test
    void a_restart_keeps_the_port_and_what_was_committed(@TempDir Path folder) throws Exception {
        try (PostgresServer server = PostgresServer.in(folder.resolve("postgres"))) {
            int port = server.port();
            execute(server, "CREATE TABLE kept (number INT)");
            execute(server, "INSERT INTO kept VALUES (7)");

            server.restart();

            assertThat(server.port()).isEqualTo(port);
            try (Connection connection = DriverManager.getConnection(server.url());
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT number FROM kept")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(7);
            }
        }
    }

    private static void execute(PostgresServer server, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
