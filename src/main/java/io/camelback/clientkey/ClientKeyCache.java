package io.camelback.clientkey;

import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An in-memory copy of all client keys, refreshed twice a second, so that authentication needs no database and wrong
 * keys cannot overload it. A key that was revoked is out within a second; while the database is away the last copy
 * holds. Thread-safe.
 */
public final class ClientKeyCache {
    private static final Duration LOOK = Duration.ofMillis(500);
    private final Ledger ledger;
    private volatile Copy copy;
    private volatile boolean demanded;

    /** The table as it was. */
    private record Copy(ClientKeyDao.Mark mark, Map<String, ClientKey> byHash, Map<String, ClientKey> byId) {}

    private ClientKeyCache(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Begins to follow the keys in a ledger's database. */
    public static ClientKeyCache of(Ledger ledger) {
        ClientKeyCache keys = new ClientKeyCache(ledger);
        try {
            keys.look();
        } catch (LedgerUnavailableException e) {
            ledger.markFailed(e);
        }
        ledger.schedule(LOOK, keys::look);
        return keys;
    }

    /** Takes over what has changed. @throws LedgerUnavailableException when the table cannot be read */
    public void look() {
        ledger.database().read(connection -> {
            ClientKeyDao.Mark mark = ClientKeyDao.mark(connection);
            if (copy == null || !copy.mark().equals(mark)) {
                Map<String, ClientKey> byHash = ClientKeyDao.all(connection);
                Map<String, ClientKey> byId = new HashMap<>();
                byHash.values().forEach(key -> byId.put(key.id(), key));
                copy = new Copy(mark, byHash, byId);
            }
            return null;
        });
    }

    /** From now on nobody comes in without a key, even while there is none. */
    public void demand() {
        demanded = true;
    }

    /** Whether callers need a key: as soon as one was ever made. */
    public boolean wanted() {
        Copy now = copy;
        return demanded || now != null && !now.byId().isEmpty();
    }

    /** Whether the keys have been read. */
    public boolean known() {
        return copy != null;
    }

    /** The key that a caller came with; empty when it is none, or was revoked. Hashes all of it, whatever it is. */
    public Optional<ClientKey> find(String secret) {
        String hash = ClientKeySecret.hash(secret);
        Copy now = copy;
        return now == null
                ? Optional.empty()
                : Optional.ofNullable(now.byHash().get(hash)).filter(ClientKey::serves);
    }

    /** A key by its id, revoked or not. */
    public Optional<ClientKey> byId(String id) {
        Copy now = copy;
        return now == null ? Optional.empty() : Optional.ofNullable(now.byId().get(id));
    }
}
