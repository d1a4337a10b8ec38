package io.camelback.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.idempotency.IdempotencyClaim;
import io.camelback.idempotency.StoredReply;
import io.camelback.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The SQL of {@link JdbcReplyStore}. */
final class ReplyDao {
    private static final int MOST_TRIES = 5;
    private static final long LEFT = -1;
    private static final String FIND =
            "SELECT r.fingerprint, r.token, r.gateway, r.expires, r.request_id, r.at, r.status, r.type,"
                    + " r.headers, r.body, COALESCE(theirs.seen, -1) AS theirs, COALESCE(mine.seen, 0) AS mine FROM camelback_reply r"
                    + " LEFT JOIN camelback_gateway theirs ON theirs.gateway = r.gateway"
                    + " LEFT JOIN camelback_gateway mine ON mine.gateway = ? WHERE r.request_key = ?";

    private ReplyDao() {}

    /**
     * A claim of a request.
     *
     * @param gateway who claims
     * @param shared whether other gateways may be alive
     * @param steady whether silence of another gateway means that it is dead
     * @param now Unix time in milliseconds, like the next
     * @param until when a claim that nobody has ended is nobody's any more
     */
    record Asking(
            String key,
            String fingerprint,
            String token,
            String gateway,
            boolean shared,
            boolean steady,
            long now,
            long until) {}

    /** Whoever inserts the row, or takes over one that is free, has won; the database sees to it that this is one. */
    static IdempotencyClaim claim(Connection connection, Asking asking) throws SQLException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            if (insert(connection, asking)) {
                return new IdempotencyClaim.Acquired(asking.key(), asking.token());
            }
            try (PreparedStatement select = connection.prepareStatement(FIND)) {
                select.setString(1, asking.gateway());
                select.setString(2, asking.key());
                try (ResultSet row = select.executeQuery()) {
                    boolean there = row.next();
                    if (there && !free(row, asking)) {
                        return known(row, asking);
                    }
                    if (there && takeOver(connection, asking, row.getString("token"))) {
                        return new IdempotencyClaim.Acquired(asking.key(), asking.token());
                    }
                }
            }
        }
        return new IdempotencyClaim.InProgress();
    }

    private static boolean insert(Connection connection, Asking asking) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO camelback_reply (request_key, fingerprint, token,"
                        + " gateway, expires) VALUES (?, ?, ?, ?, ?) ON CONFLICT (request_key) DO NOTHING")) {
            insert.setString(1, asking.key());
            insert.setString(2, asking.fingerprint());
            insert.setString(3, asking.token());
            insert.setString(4, asking.gateway());
            insert.setLong(5, asking.until());
            return insert.executeUpdate() == 1;
        }
    }

    /**
     * It is too old, or who ran it has left or is dead: by its last sign of life beside our own, which the same clock
     * has timed.
     */
    private static boolean free(ResultSet row, Asking asking) throws SQLException {
        if (row.getLong("expires") <= asking.now()) {
            return true;
        }
        row.getInt("status");
        boolean underWay = row.wasNull();
        boolean others = !row.getString("gateway").equals(asking.gateway());
        long theirs = row.getLong("theirs");
        boolean dead = theirs == LEFT || asking.steady() && theirs < row.getLong("mine") - Ledger.LEASE.toMillis();
        return underWay && others && (!asking.shared() || dead);
    }

    private static boolean takeOver(Connection connection, Asking asking, String before) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE camelback_reply SET fingerprint = ?, token = ?,"
                        + " gateway = ?, expires = ?, request_id = NULL, at = NULL, status = NULL, type = NULL, headers = NULL, body = NULL"
                        + " WHERE request_key = ? AND token = ?")) {
            update.setString(1, asking.fingerprint());
            update.setString(2, asking.token());
            update.setString(3, asking.gateway());
            update.setLong(4, asking.until());
            update.setString(5, asking.key());
            update.setString(6, before);
            return update.executeUpdate() == 1;
        }
    }

    private static IdempotencyClaim known(ResultSet row, Asking asking) throws SQLException {
        if (!row.getString("fingerprint").equals(asking.fingerprint())) {
            return new IdempotencyClaim.Mismatch();
        }
        int status = row.getInt("status");
        return row.wasNull()
                ? new IdempotencyClaim.InProgress()
                : new IdempotencyClaim.Answered(new StoredReply(
                        row.getString("request_id"),
                        Instant.ofEpochMilli(row.getLong("at")),
                        status,
                        row.getString("type"),
                        headers(row.getString("headers")),
                        row.getBytes("body")));
    }

    private static Map<String, String> headers(String json) throws SQLException {
        Map<String, String> headers = new HashMap<>();
        try {
            Json.read(json)
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
        } catch (JsonProcessingException e) {
            throw new SQLException("A stored reply cannot be read", e);
        }
        return headers;
    }

    /** Nothing when the claim is not its owner's any more. */
    static int keep(Connection connection, IdempotencyClaim.Acquired claim, StoredReply reply, long expires)
            throws SQLException {
        ObjectNode headers = Json.object();
        reply.headers().forEach(headers::put);
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE camelback_reply SET request_id = ?, at = ?, status = ?,"
                        + " type = ?, headers = ?, body = ?, expires = ? WHERE request_key = ? AND token = ?")) {
            update.setString(1, reply.requestId());
            update.setLong(2, reply.at().toEpochMilli());
            update.setInt(3, reply.status());
            update.setString(4, reply.type());
            update.setString(5, Json.text(headers));
            update.setBytes(6, reply.body());
            update.setLong(7, expires);
            update.setString(8, claim.key());
            update.setString(9, claim.token());
            return update.executeUpdate();
        }
    }

    static int release(Connection connection, IdempotencyClaim.Acquired claim) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM camelback_reply WHERE request_key = ? AND token = ?")) {
            delete.setString(1, claim.key());
            delete.setString(2, claim.token());
            return delete.executeUpdate();
        }
    }

    static int forget(Connection connection, long now) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM camelback_reply WHERE expires <= ?")) {
            delete.setLong(1, now);
            return delete.executeUpdate();
        }
    }
}
