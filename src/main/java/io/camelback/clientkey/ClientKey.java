package io.camelback.clientkey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.config.Budget;
import io.camelback.json.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A client key without its secret.
 *
 * @param id under which the ledger and the budgets know it
 * @param name what its maker calls it
 * @param revoked since when it lets nobody in; null while it does
 * @param settings what its owner may do
 */
public record ClientKey(String id, String name, Instant created, Instant revoked, ClientKeySettings settings) {

    /** Reads all there are from the ledger's database, the revoked ones included, oldest first. */
    public static List<ClientKey> all(Connection connection) throws SQLException {
        return List.copyOf(ClientKeyDao.all(connection).values());
    }

    /** Whether it lets its owner in. */
    public boolean serves() {
        return revoked == null;
    }

    /** Whether its owner may ask for some chains and deployments only. */
    public boolean restricted() {
        return !settings.models().isEmpty();
    }

    /** Whether its owner may ask for a chain or a deployment. */
    public boolean allows(String target) {
        return settings.models().isEmpty() || settings.models().contains(target);
    }

    public Optional<Budget> budget() {
        return Optional.ofNullable(settings.budget());
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("id", id).put("name", name).put("created", created.toString());
        if (revoked != null) {
            json.put("revoked", revoked.toString());
        }
        json.setAll(settings.json());
        return json;
    }
}
