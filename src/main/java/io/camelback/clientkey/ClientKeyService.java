package io.camelback.clientkey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.budget.BudgetLimit;
import io.camelback.budget.BudgetStatus;
import io.camelback.chat.GatewayError;
import io.camelback.json.Json;
import io.camelback.ledger.LedgerDatabase;
import io.camelback.pricing.Cost;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.quota.QuotaService;
import io.camelback.quota.QuotaUsage;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Creates, lists and revokes client keys, for the command line and the management port alike: {@code {"action":
 * "create", "name": "ci", "settings": {…}}}, {@code {"action": "list"}}, and {@code show} and {@code revoke} with the
 * id or the name as {@code key}.
 */
public final class ClientKeyService {
    private static final int MOST_LETTERS = 100;
    private static final int ID_LENGTH = 8;
    private final LedgerDatabase database;
    private final RandomGenerator random;
    private final ZoneId zone;

    /**
     * @param random must be one that nobody can foretell
     * @param zone whose calendar budgets and quotas go by
     */
    public ClientKeyService(LedgerDatabase database, RandomGenerator random, ZoneId zone) {
        this.zone = zone;
        this.database = database;
        this.random = random;
    }

    /**
     * Does it. Only the answer to {@code create} holds the {@code secret}.
     *
     * @throws InvalidRequestException when it cannot be understood, or there is no such key
     * @throws io.camelback.ledger.LedgerUnavailableException when the database cannot be asked
     */
    public ObjectNode act(JsonNode asked) {
        return switch (String.valueOf(Json.string(asked, "action"))) {
            case "create" -> create(asked);
            case "list" -> list();
            case "show" -> show(find(asked));
            case "revoke" -> revoke(find(asked));
            default -> throw new InvalidRequestException("action", "`action` must be create, list, show or revoke.");
        };
    }

    private ObjectNode create(JsonNode asked) {
        String name = Json.string(asked, "name");
        if (name == null
                || name.isBlank()
                || name.length() > MOST_LETTERS
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequestException(
                    "name", "A key needs a name of at most " + MOST_LETTERS + " letters, such as whose it is.");
        }
        ClientKeySettings settings = ClientKeySettings.read(asked.path("settings"));
        String secret = ClientKeySecret.make(random);
        String id = "key_"
                + ClientKeySecret.make(random)
                        .substring(ClientKeySecret.PREFIX.length())
                        .substring(0, ID_LENGTH);
        ClientKey key = new ClientKey(id, name.trim(), Instant.ofEpochMilli(database.now()), null, settings);
        database.write(connection -> {
            ClientKeyDao.insert(connection, ClientKeySecret.hash(secret), key);
            return null;
        });
        return key.json().put("secret", secret);
    }

    private Collection<ClientKey> all() {
        return database.read(ClientKeyDao::all).values();
    }

    private ObjectNode list() {
        ObjectNode list = Json.object();
        ArrayNode keys = list.putArray("keys");
        all().forEach(key -> keys.add(key.json()));
        return list;
    }

    private ClientKey find(JsonNode asked) {
        String said = String.valueOf(Json.string(asked, "key"));
        List<ClientKey> found = all().stream()
                .filter(key -> key.id().equals(said) || key.name().equals(said))
                .toList();
        List<ClientKey> serving =
                found.size() > 1 ? found.stream().filter(ClientKey::serves).toList() : found;
        if (serving.size() == 1) {
            return serving.get(0);
        }
        throw new InvalidRequestException(
                found.isEmpty()
                        ? new GatewayError(404, "no_such_key", "There is no key of this id or name.", "key", null)
                        : GatewayError.invalid("key", "There are several keys of this name: say the id of one."));
    }

    /** With how its budget and its quotas stand. */
    private ObjectNode show(ClientKey key) {
        ObjectNode json = key.json();
        Instant now = Instant.ofEpochMilli(database.now());
        database.read(connection -> {
            List<BudgetLimit> caps = key.budget()
                    .map(budget -> BudgetLimit.of(BudgetLimit.Scope.KEY, key.id(), budget))
                    .orElse(List.of());
            for (BudgetStatus spent : BudgetStatus.read(connection, caps, zone, now)) {
                json.withArray("budgets")
                        .addObject()
                        .put("period", spent.cap().period().key())
                        .put("spent_usd", new Cost(spent.settled()).dollars())
                        .put("left_usd", new Cost(spent.remaining()).dollars())
                        .put("until", spent.window().ends().toString());
            }
            for (QuotaUsage use : QuotaUsage.read(
                    connection, QuotaService.KEY + key.id(), key.settings().limits(), zone, now)) {
                json.withArray("quotas")
                        .addObject()
                        .put("quota", use.quota())
                        .put("used", use.used())
                        .put("left", use.remaining())
                        .put("until", use.until().toString());
            }
            return null;
        });
        return json;
    }

    private ObjectNode revoke(ClientKey key) {
        Instant since = Instant.ofEpochMilli(database.now());
        database.write(connection -> {
            ClientKeyDao.revoke(connection, key.id(), since);
            return null;
        });
        return new ClientKey(key.id(), key.name(), key.created(), key.serves() ? since : key.revoked(), key.settings())
                .json();
    }
}
