package io.camelback.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.camelback.cache.AnswerStore;
import io.camelback.cache.CachedAnswer;
import io.camelback.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cached answers in the ledger's database: they outlive a restart, and replicas share them. */
final class JdbcAnswerStore implements AnswerStore {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcAnswerStore.class);
    private static final Duration MAX_WAIT = Duration.ofMillis(300);
    /** No chain gives again what is older; the longest duration the configuration takes is a day. */
    private static final Duration OLDEST = Duration.ofHours(25);

    private final LedgerDatabase database;

    JdbcAnswerStore(LedgerDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<CachedAnswer> find(String key) {
        try {
            return LedgerDatabase.await(database.submit(connection -> find(connection, key)), MAX_WAIT);
        } catch (LedgerUnavailableException e) {
            LOG.warn("A cached answer could not be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<CachedAnswer> find(Connection connection, String key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT model, texts, given_at FROM camelback_answer WHERE request_key = ?")) {
            select.setString(1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new CachedAnswer(
                                row.getString(1), texts(row.getString(2)), Instant.ofEpochMilli(row.getLong(3))))
                        : Optional.empty();
            }
        }
    }

    private static List<String> texts(String json) throws SQLException {
        List<String> texts = new ArrayList<>();
        try {
            for (JsonNode text : Json.read(json)) {
                texts.add(text.asText());
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("A cached answer cannot be read", e);
        }
        return texts;
    }

    @Override
    public void keep(String key, CachedAnswer answer) {
        ArrayNode texts = Json.object().arrayNode();
        answer.texts().forEach(texts::add);
        database.submit(connection -> {
                    try (PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO camelback_answer (request_key, model, texts, given_at)"
                                    + " VALUES (?, ?, ?, ?) ON CONFLICT (request_key) DO UPDATE SET model = excluded.model, texts = excluded.texts,"
                                    + " given_at = excluded.given_at")) {
                        insert.setString(1, key);
                        insert.setString(2, answer.model());
                        insert.setString(3, Json.text(texts));
                        insert.setLong(4, answer.at().toEpochMilli());
                        return insert.executeUpdate();
                    }
                })
                .exceptionally(failure -> {
                    LOG.warn("An answer could not be cached: {}", failure.getMessage());
                    return 0;
                });
    }

    /** Lets go of what nobody may give again. */
    void forget() {
        long before = database.now() - OLDEST.toMillis();
        database.write(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM camelback_answer WHERE given_at < ?")) {
                delete.setLong(1, before);
                return delete.executeUpdate();
            }
        });
    }
}
