package io.camelback.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one request from the ledger: its plan, its attempts and its result. It is there as long as the rows are kept,
 * also after a restart and for every gateway that shares the ledger.
 */
public final class RequestLookup {
    private static final String REQUEST =
            "SELECT id, asked, chain, complexity, task, plan, attempt_order, status, error, deployment,"
                    + " degraded, took_ms FROM camelback_request WHERE request_id = ? ORDER BY at DESC, id DESC LIMIT 1";
    private static final String ATTEMPTS =
            "SELECT id, deployment, outcome, why, status, took_ms, message, possibly_billed, chain, service_tier"
                    + " FROM camelback_attempt WHERE request_id = ? ORDER BY at, id";
    private static final String ESCALATIONS =
            "SELECT before_attempt, layer, cause FROM camelback_escalation WHERE request_id = ?"
                    + " ORDER BY at, before_attempt, id";
    private static final String REPLAY =
            "SELECT replay_of, status, endpoint FROM camelback_replay WHERE request_id = ? ORDER BY at DESC LIMIT 1";
    private static final BigDecimal TEN = BigDecimal.TEN;

    private RequestLookup() {}

    private record Attempt(String id, ObjectNode json) {}

    /**
     * Looks a request up.
     *
     * @param id as the caller was told it
     * @return empty when the ledger has nothing of it. One that was given the answer of an earlier one has that under
     *     {@code replay_of}, and what became of the earlier one
     */
    public static Optional<ObjectNode> find(Connection connection, String id) throws SQLException {
        Optional<ObjectNode> found = request(connection, id);
        if (found.isPresent()) {
            return found;
        }
        try (PreparedStatement statement = connection.prepareStatement(REPLAY)) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String original = row.getString(1);
                ObjectNode json = request(connection, original).orElseGet(() -> Json.object());
                return Optional.of(json.put("id", id).put("replay_of", original).put("replayed_status", row.getInt(2)));
            }
        }
    }

    private static Optional<ObjectNode> request(Connection connection, String id) throws SQLException {
        List<Attempt> attempts = attempts(connection, id);
        try (PreparedStatement statement = connection.prepareStatement(REQUEST)) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    return Optional.of(whole(connection, id, row, attempts));
                }
            }
        }
        return attempts.isEmpty() ? Optional.empty() : Optional.of(unfinished(id, attempts));
    }

    private static ObjectNode whole(Connection connection, String id, ResultSet row, List<Attempt> attempts)
            throws SQLException {
        ObjectNode json =
                Json.object().put("id", id).put("asked", row.getString("asked")).put("chain", row.getString("chain"));
        int tenths = row.getInt("complexity");
        json.set(
                "complexity",
                Json.object()
                        .put(
                                "score",
                                row.wasNull()
                                        ? null
                                        : BigDecimal.valueOf(tenths).divide(TEN))
                        .put("task", row.getString("task")));
        json.set("plan", plan(row.getString("plan")));
        json.set("attempts", inOrder(attempts, row.getString("id"), row.getString("attempt_order")));
        json.set("escalations", escalations(connection, id));
        return json.put("status", row.getInt("status"))
                .put("error", row.getString("error"))
                .put("answered_by", row.getString("deployment"))
                .put("degraded", row.getString("degraded"))
                .put("took_ms", row.getLong("took_ms"));
    }

    /** One that is not done, or whose gateway died. */
    private static ObjectNode unfinished(String id, List<Attempt> attempts) {
        ObjectNode json = Json.object().put("id", id).put("unfinished", true);
        json.set("plan", Json.object().arrayNode());
        json.set("attempts", inOrder(attempts, "", null));
        return json;
    }

    private static JsonNode plan(String text) throws SQLException {
        try {
            return text == null ? Json.object().arrayNode() : Json.read(text);
        } catch (JsonProcessingException e) {
            throw new SQLException("A request's plan cannot be read", e);
        }
    }

    private static List<Attempt> attempts(Connection connection, String id) throws SQLException {
        List<Attempt> attempts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ATTEMPTS)) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ObjectNode json = Json.object()
                            .put("deployment", row.getString("deployment"))
                            .put("outcome", row.getString("outcome"))
                            .put("why", row.getString("why"))
                            .put("status", row.getInt("status"))
                            .put("took_ms", row.getLong("took_ms"));
                    if (row.getString("message") != null) {
                        json.put("message", row.getString("message"));
                    }
                    if (row.getInt("possibly_billed") == 1) {
                        json.put("possibly_billed", true);
                    }
                    if (row.getString("service_tier") != null) {
                        json.put("service_tier", row.getString("service_tier"));
                    }
                    attempts.add(new Attempt(row.getString("id"), json));
                }
            }
        }
        return attempts;
    }

    /** @param requestRow the id of the request's row, which begins with the gateway, as those of its attempts do */
    private static ArrayNode inOrder(List<Attempt> attempts, String requestRow, String order) {
        Map<String, Integer> places = new HashMap<>();
        String gateway = requestRow.substring(0, requestRow.indexOf('-') + 1);
        for (String row : order == null || order.isEmpty() ? new String[0] : order.split(" ")) {
            places.put(gateway + row, places.size());
        }
        ArrayNode json = Json.object().arrayNode();
        attempts.stream()
                .sorted(Comparator.comparing(attempt -> places.getOrDefault(attempt.id(), Integer.MAX_VALUE)))
                .forEach(attempt -> json.add(attempt.json()));
        return json;
    }

    private static ArrayNode escalations(Connection connection, String id) throws SQLException {
        ArrayNode json = Json.object().arrayNode();
        try (PreparedStatement statement = connection.prepareStatement(ESCALATIONS)) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    json.addObject()
                            .put("before", row.getInt(1))
                            .put("layer", row.getString(2))
                            .put("trigger", row.getString(3));
                }
            }
        }
        return json;
    }
}
