package io.camelback.camel;

import io.camelback.budget.Cost;
import io.camelback.chat.GatewayError;
import io.camelback.config.CamelbackConfig;
import io.camelback.dialect.Door;
import io.camelback.dialect.InvalidRequest;
import io.camelback.idempotency.Claim;
import io.camelback.idempotency.Fingerprint;
import io.camelback.idempotency.KeptReply;
import io.camelback.idempotency.ReplyStore;
import io.camelback.ledger.LedgerUnavailable;
import io.vertx.core.http.HttpServerResponse;
import io.camelback.memory.MemoryBudget;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.support.DefaultMessage;

/**
 * The header {@code Idempotency-Key}, as the doors honour it (docs/failures.md K20): of requests with the same key one is run,
 * and whoever sends it again is given the same answer, which asks nobody and counts to no quota.
 */
final class Once {
    private static final String HEADER = "Idempotency-Key";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LEDGER_BACK = Duration.ofSeconds(5);
    /** Headers that bear on the answer: with another of these it is another request. */
    private static final String[] STEERING = {"x-camelback-task", "x-camelback-files", "x-camelback-no-fallback",
        "x-camelback-commit", "anthropic-version", "anthropic-beta"};

    private final ReplyStore store;
    private final CamelbackConfig config;
    private final Records records;
    private final MemoryBudget memory;
    private final Clock clock;

    Once(ReplyStore store, CamelbackConfig config, Records records, MemoryBudget memory, Clock clock) {
        this.store = store;
        this.config = config;
        this.memory = memory;
        this.records = records;
        this.clock = clock;
    }

    /**
     * A request on its way in.
     *
     * @param id        what the caller is told it is called
     * @param entrance  the name of where it came in
     * @param chain     what it shall be answered by
     * @param clientKey the id of the caller's key; null without keys
     * @param body      as it came
     */
    record Asking(String id, String entrance, Door door, String path, String chain, String clientKey, byte[] body) { }

    /**
     * Claims a request that has a key; one without a key is let through. A claim ends with the exchange, at the latest.
     *
     * @return whether it was answered from before, so that nothing is left to do
     * @throws InvalidRequest 400 for a key that is none, 409 while the same request is under way, 422 for one that was used for
     *                        another request, 503 when nobody can say
     */
    boolean answered(Exchange exchange, Message in, Asking asking) {
        List<String> keys = keys(in);
        if (keys.isEmpty()) {
            return false;
        }
        if (keys.size() > 1 || !Fingerprint.isKey(keys.get(0))) {
            throw new InvalidRequest(HEADER, "The header " + HEADER + " must be there once, and be 1 to "
                    + Fingerprint.LONGEST_KEY + " printable ASCII characters.");
        }
        Claim claim = claim(Fingerprint.of(asking.clientKey()).and(keys.get(0)).hex(), fingerprint(in, asking));
        if (claim instanceof Claim.Won won) {
            Ticket.begin(exchange, new Ticket(store, won, asking.id(), config.server().idempotency(), memory.lease(), clock));
            return false;
        }
        if (!(claim instanceof Claim.Answered answered)) {
            throw refused(claim);
        }
        give(exchange, asking, answered.reply());
        return true;
    }

    /** As the caller sent them: Camel would take a parameter of the URL for a header, too. */
    private static List<String> keys(Message in) {
        if (in instanceof HttpMessage http) {
            return http.getRequest().headers().getAll(HEADER);
        }
        String said = in.getHeader(HEADER, String.class);
        return said == null ? List.of() : List.of(said);
    }

    private Claim claim(String key, String fingerprint) {
        try {
            return store.claim(key, fingerprint);
        } catch (LedgerUnavailable e) {
            throw new InvalidRequest(new GatewayError(503, "idempotency_unavailable", "Whether a request with this " + HEADER
                    + " was run before cannot be said now, so it is not run. Try again in 5 seconds.", null, LEDGER_BACK));
        }
    }

    private static String fingerprint(Message in, Asking asking) {
        Fingerprint print = Fingerprint.of(asking.entrance()).and(asking.door().streamType()).and(asking.path());
        for (String name : STEERING) {
            print.and(in.getHeader(name, String.class));
        }
        return print.and(asking.body()).hex();
    }

    private static InvalidRequest refused(Claim claim) {
        return new InvalidRequest(claim instanceof Claim.UnderWay
                ? new GatewayError(409, "idempotency_key_in_use", "The request with this " + HEADER + " is still being answered."
                        + " Send it again in a second or later, and you are given its answer.", HEADER, SOON)
                : new GatewayError(422, "idempotency_key_reused", "This " + HEADER + " was used for another request: with another"
                        + " body, path or header. Send that one again as it was, or use a new key.", HEADER, null));
    }

    private void give(Exchange exchange, Asking asking, KeptReply reply) {
        if (!reply.whole()) {
            throw new InvalidRequest(new GatewayError(409, "idempotency_answer_not_kept", "The request with this " + HEADER
                    + " was answered, and its answer was too long to be kept. Use a new key to run it once more.", HEADER, null));
        }
        Map<String, String> headers = ReplyHeaders.of(asking.id());
        headers.put("x-camelback-cost-usd", new Cost(0).dollars());
        headers.putAll(reply.headers());
        headers.put("x-camelback-idempotent-replay", "true");
        headers.put("x-camelback-original-request-id", reply.requestId());
        HttpServerResponse response = exchange.getProperty(HttpReply.RESPONSE, HttpServerResponse.class);
        if (response != null && reply.type().startsWith("text/event-stream")) {
            exchange.setMessage(new DefaultMessage(exchange));
            SseResponse.head(response, reply.type(), headers);
            new SseResponse(asking.id(), response, HttpReply.connection(exchange), null, config.server().timeouts().send())
                    .again(new String(reply.body(), StandardCharsets.UTF_8));
        } else {
            HttpReply.send(exchange, reply.status(), reply.type(), reply.body(), headers, memory);
        }
        exchange.setRouteStop(true);
        records.replayed(asking, reply);
    }
}
