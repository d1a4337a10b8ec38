package io.camelback.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.budget.Cap;
import io.camelback.budget.Cost;
import io.camelback.budget.Spent;
import io.camelback.chat.GatewayError;
import io.camelback.dialect.InvalidRequest;
import io.camelback.dialect.Json;
import io.camelback.ledger.Database;
import io.camelback.quota.QuotaUse;
import io.camelback.quota.Quotas;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Where keys are made and revoked, on the command line and on the management port alike: {@code {"action": "create", "name":
 * "ci", "settings": {…}}}, {@code {"action": "list"}}, and {@code show} and {@code revoke} with the id or the name as
 * {@code key}.
 */
public final class KeyDesk {
    private static final int MOST_LETTERS = 100;
    private static final int ID_LENGTH = 8;
    private final Database database;
    private final RandomGenerator random;
    private final ZoneId zone;

    /**
     * @param random must be one that nobody can foretell
     * @param zone   whose calendar budgets and quotas go by
     */
    public KeyDesk(Database database, RandomGenerator random, ZoneId zone) {
        this.zone = zone;
        this.database = database;
        this.random = random;
    }

    /**
     * Does it. Only the answer to {@code create} holds the {@code secret}.
     *
     * @throws InvalidRequest when it cannot be understood, or there is no such key
     * @throws io.camelback.ledger.LedgerUnavailable when the database cannot be asked
     */
    public ObjectNode act(JsonNode asked) {
        return switch (String.valueOf(Json.string(asked, "action"))) {
            case "create" -> create(asked);
            case "list" -> list();
            case "show" -> show(find(asked));
            case "revoke" -> revoke(find(asked));
            default -> throw new InvalidRequest("action", "`action` must be create, list, show or revoke.");
        };
    }

    private ObjectNode create(JsonNode asked) {
        String name = Json.string(asked, "name");
        if (name == null || name.isBlank() || name.length() > MOST_LETTERS || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequest("name", "A key needs a name of at most " + MOST_LETTERS + " letters, such as whose it is.");
        }
        KeySettings settings = KeySettings.read(asked.path("settings"));
        String secret = Secret.make(random);
        String id = "key_" + Secret.make(random).substring(Secret.PREFIX.length()).substring(0, ID_LENGTH);
        ClientKey key = new ClientKey(id, name.trim(), Instant.ofEpochMilli(database.now()), null, settings);
        database.write(connection -> {
            KeyTable.insert(connection, Secret.hash(secret), key);
            return null;
        });
        return key.json().put("secret", secret);
    }

    private Collection<ClientKey> all() {
        return database.read(KeyTable::all).values();
    }

    private ObjectNode list() {
        ObjectNode list = Json.object();
        ArrayNode keys = list.putArray("keys");
        all().forEach(key -> keys.add(key.json()));
        return list;
    }

    private ClientKey find(JsonNode asked) {
        String said = String.valueOf(Json.string(asked, "key"));
        List<ClientKey> found = all().stream().filter(key -> key.id().equals(said) || key.name().equals(said)).toList();
        List<ClientKey> serving = found.size() > 1 ? found.stream().filter(ClientKey::serves).toList() : found;
        if (serving.size() == 1) {
            return serving.get(0);
        }
        throw new InvalidRequest(found.isEmpty() ? new GatewayError(404, "no_such_key", "There is no key of this id or name.", "key", null)
                : GatewayError.invalid("key", "There are several keys of this name: say the id of one."));
    }

    /** With how its budget and its quotas stand. */
    private ObjectNode show(ClientKey key) {
        ObjectNode json = key.json();
        Instant now = Instant.ofEpochMilli(database.now());
        database.read(connection -> {
            List<Cap> caps = key.budget().map(budget -> Cap.of(Cap.Scope.KEY, key.id(), budget)).orElse(List.of());
            for (Spent spent : Spent.read(connection, caps, zone, now)) {
                json.withArray("budgets").addObject().put("period", spent.cap().period().key())
                        .put("spent_usd", new Cost(spent.settled()).dollars()).put("left_usd", new Cost(spent.left()).dollars())
                        .put("until", spent.window().ends().toString());
            }
            for (QuotaUse use : QuotaUse.read(connection, Quotas.KEY + key.id(), key.settings().limits(), zone, now)) {
                json.withArray("quotas").addObject().put("quota", use.quota()).put("used", use.used()).put("left", use.left())
                        .put("until", use.until().toString());
            }
            return null;
        });
        return json;
    }

    private ObjectNode revoke(ClientKey key) {
        Instant since = Instant.ofEpochMilli(database.now());
        database.write(connection -> {
            KeyTable.revoke(connection, key.id(), since);
            return null;
        });
        return new ClientKey(key.id(), key.name(), key.created(), key.serves() ? since : key.revoked(), key.settings()).json();
    }
}
