package io.camelback.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.dialect.InvalidRequest;
import io.camelback.key.KeyDesk;
import io.camelback.key.KeyRing;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerUnavailable;
import java.security.SecureRandom;
import java.time.ZoneId;

/** Client keys on the management port, for {@code bin/camelback key} beside a running gateway whose ledger is its own file. */
final class KeyActions {
    private KeyActions() { }

    /** Does what {@link KeyDesk#act} does, by the calendar of that zone; this gateway knows at once, others within a second. */
    static ObjectNode act(Accounts accounts, ZoneId zone, JsonNode asked) {
        Ledger ledger = accounts.ledger().orElseThrow(() -> new InvalidRequest(GatewayError.of(409, "no_ledger",
                "This gateway keeps no ledger, in whose database keys would stand.")));
        try {
            ObjectNode done = new KeyDesk(ledger.database(), new SecureRandom(), zone).act(asked);
            accounts.keys().ifPresent(KeyRing::look);
            return done;
        } catch (LedgerUnavailable e) {
            throw new InvalidRequest(GatewayError.of(503, "ledger_unavailable", "The ledger's database cannot be asked now."));
        }
    }
}
