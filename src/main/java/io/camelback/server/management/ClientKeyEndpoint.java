package io.camelback.server.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.accounting.PersistenceServices;
import io.camelback.chat.GatewayError;
import io.camelback.clientkey.ClientKeyCache;
import io.camelback.clientkey.ClientKeyService;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerUnavailableException;
import io.camelback.protocol.InvalidRequestException;
import java.security.SecureRandom;
import java.time.ZoneId;

/**
 * Client keys on the management port, for {@code bin/camelback key} beside a running gateway whose ledger is its own
 * file.
 */
final class ClientKeyEndpoint {
    private ClientKeyEndpoint() {}

    /**
     * Does what {@link ClientKeyService#act} does, by the calendar of that zone; this gateway knows at once, others
     * within a second.
     */
    static ObjectNode act(PersistenceServices accounts, ZoneId zone, JsonNode asked) {
        Ledger ledger = accounts.ledger()
                .orElseThrow(() -> new InvalidRequestException(GatewayError.of(
                        409, "no_ledger", "This gateway has no ledger, whose database would hold client keys.")));
        try {
            ObjectNode done = new ClientKeyService(ledger.database(), new SecureRandom(), zone).act(asked);
            accounts.keys().ifPresent(ClientKeyCache::look);
            return done;
        } catch (LedgerUnavailableException e) {
            throw new InvalidRequestException(
                    GatewayError.of(503, "ledger_unavailable", "The ledger's database is unavailable."));
        }
    }
}
