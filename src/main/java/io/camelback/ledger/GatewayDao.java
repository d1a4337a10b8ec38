package io.camelback.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Reads and writes the heartbeats and claims of the gateways that share a ledger. */
final class GatewayDao {
    private GatewayDao() {}

    /** @param now Unix time in milliseconds, by the database's clock */
    static int beat(Connection connection, String gateway, long now) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO camelback_gateway (gateway, seen) VALUES (?, ?) "
                        + "ON CONFLICT (gateway) DO UPDATE SET seen = excluded.seen")) {
            statement.setString(1, gateway);
            statement.setLong(2, now);
            return statement.executeUpdate();
        }
    }

    static int leave(Connection connection, String gateway) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM camelback_gateway WHERE gateway = ?")) {
            statement.setString(1, gateway);
            return statement.executeUpdate();
        }
    }

    /** @return whether this gateway is the first that claims it */
    static boolean claim(Connection connection, String name, String gateway, long now) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO camelback_claim (name, gateway, at) "
                        + "VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING")) {
            statement.setString(1, name);
            statement.setString(2, gateway);
            statement.setLong(3, now);
            return statement.executeUpdate() == 1;
        }
    }
}
