package io.camelback.clientkey;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.camelback.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads and writes client keys in the ledger's database. */
final class ClientKeyDao {
    private ClientKeyDao() {}

    /** How many there are: keys are made and revoked and nothing else, so whenever the table changes, so does this. */
    record Mark(long keys, long revoked) {}

    static Mark mark(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT COUNT(*), COUNT(revoked) FROM camelback_key");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Mark(row.getLong(1), row.getLong(2));
        }
    }

    /** All there are, the revoked ones included, by the hash of their secret, oldest first. */
    static Map<String, ClientKey> all(Connection connection) throws SQLException {
        Map<String, ClientKey> keys = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT hash, id, name, created, revoked, settings FROM camelback_key ORDER BY created, id");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                long revoked = row.getLong(5);
                Instant since = row.wasNull() ? null : Instant.ofEpochMilli(revoked);
                keys.put(
                        row.getString(1),
                        new ClientKey(
                                row.getString(2),
                                row.getString(3),
                                Instant.ofEpochMilli(row.getLong(4)),
                                since,
                                settings(row.getString(6))));
            }
        }
        return keys;
    }

    private static ClientKeySettings settings(String json) throws SQLException {
        try {
            return ClientKeySettings.read(Json.read(json));
        } catch (JsonProcessingException e) {
            throw new SQLException("A key's settings cannot be read", e);
        }
    }

    static void insert(Connection connection, String hash, ClientKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO camelback_key" + " (id, hash, name, created, settings) VALUES (?, ?, ?, ?, ?)")) {
            statement.setString(1, key.id());
            statement.setString(2, hash);
            statement.setString(3, key.name());
            statement.setLong(4, key.created().toEpochMilli());
            statement.setString(5, Json.text(key.settings().json()));
            statement.executeUpdate();
        }
    }

    static void revoke(Connection connection, String id, Instant since) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE camelback_key SET revoked = ?" + " WHERE id = ? AND revoked IS NULL")) {
            statement.setLong(1, since.toEpochMilli());
            statement.setString(2, id);
            statement.executeUpdate();
        }
    }
}
