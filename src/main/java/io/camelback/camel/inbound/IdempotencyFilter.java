package io.camelback.camel.inbound;

import io.camelback.camel.accounting.RequestRecorder;
import io.camelback.camel.request.IdempotentRequest;
import io.camelback.chat.GatewayError;
import io.camelback.config.CamelbackConfig;
import io.camelback.idempotency.IdempotencyClaim;
import io.camelback.idempotency.ReplyStore;
import io.camelback.idempotency.RequestFingerprint;
import io.camelback.idempotency.StoredReply;
import io.camelback.ledger.LedgerUnavailableException;
import io.camelback.memory.MemoryBudget;
import io.camelback.pricing.Cost;
import io.camelback.protocol.InvalidRequestException;
import io.vertx.core.http.HttpServerResponse;
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
 * The header {@code Idempotency-Key}, as the HTTP endpoints take it (docs/failures.md K20): of requests with the same
 * key one is run, and whoever sends it again is given the same answer, which asks nobody and counts to no quota.
 */
public final class IdempotencyFilter {
    private static final String HEADER = "Idempotency-Key";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LEDGER_BACK = Duration.ofSeconds(5);
    /** Headers that bear on the answer: with another of these it is another request. */
    private static final String[] STEERING = {
        "x-camelback-task",
        "x-camelback-files",
        "x-camelback-no-fallback",
        "x-camelback-commit",
        "anthropic-version",
        "anthropic-beta"
    };

    private final ReplyStore store;
    private final CamelbackConfig config;
    private final RequestRecorder records;
    private final MemoryBudget memory;
    private final Clock clock;

    public IdempotencyFilter(
            ReplyStore store, CamelbackConfig config, RequestRecorder records, MemoryBudget memory, Clock clock) {
        this.store = store;
        this.config = config;
        this.memory = memory;
        this.records = records;
        this.clock = clock;
    }

    /**
     * Claims a request that has a key; one without a key is let through. A claim ends with the exchange, at the latest.
     *
     * @return whether it was answered from before, so that nothing is left to do
     * @throws InvalidRequestException 400 for a key that is none, 409 while the same request is under way, 422 for one
     *     that was used for another request, 503 when nobody can say
     */
    boolean replayIfKnown(Exchange exchange, Message in, IdempotentRequest request) {
        List<String> keys = keys(in);
        if (keys.isEmpty()) {
            return false;
        }
        if (keys.size() > 1 || !RequestFingerprint.isKey(keys.get(0))) {
            throw new InvalidRequestException(
                    HEADER,
                    "The header " + HEADER + " must be there once, and be 1 to " + RequestFingerprint.LONGEST_KEY
                            + " printable ASCII characters.");
        }
        IdempotencyClaim claim = claim(
                RequestFingerprint.of(request.clientKey()).and(keys.get(0)).hex(), fingerprint(in, request));
        if (claim instanceof IdempotencyClaim.Acquired won) {
            IdempotencyLease.begin(
                    exchange,
                    new IdempotencyLease(
                            store, won, request.id(), config.server().idempotency(), memory.lease(), clock));
            return false;
        }
        if (!(claim instanceof IdempotencyClaim.Answered answered)) {
            throw refused(claim);
        }
        writeReply(exchange, request, answered.reply());
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

    private IdempotencyClaim claim(String key, String fingerprint) {
        try {
            return store.claim(key, fingerprint);
        } catch (LedgerUnavailableException e) {
            throw new InvalidRequestException(new GatewayError(
                    503,
                    "idempotency_unavailable",
                    "Whether a request with this " + HEADER
                            + " was run before cannot be said now, so it is not run. Try again in 5 seconds.",
                    null,
                    LEDGER_BACK));
        }
    }

    private static String fingerprint(Message in, IdempotentRequest request) {
        RequestFingerprint print = RequestFingerprint.of(request.endpointName())
                .and(request.codec().streamType())
                .and(request.path());
        for (String name : STEERING) {
            print.and(in.getHeader(name, String.class));
        }
        return print.and(request.body()).hex();
    }

    private static InvalidRequestException refused(IdempotencyClaim claim) {
        return new InvalidRequestException(
                claim instanceof IdempotencyClaim.InProgress
                        ? new GatewayError(
                                409,
                                "idempotency_key_in_use",
                                "The request with this " + HEADER + " is still being answered."
                                        + " Send it again in a second or later, and you are given its answer.",
                                HEADER,
                                SOON)
                        : new GatewayError(
                                422,
                                "idempotency_key_reused",
                                "This " + HEADER + " was used for another request: with another"
                                        + " body, path or header. Send that one again as it was, or use a new key.",
                                HEADER,
                                null));
    }

    private void writeReply(Exchange exchange, IdempotentRequest request, StoredReply reply) {
        if (!reply.whole()) {
            throw new InvalidRequestException(new GatewayError(
                    409,
                    "idempotency_answer_not_kept",
                    "The request with this " + HEADER
                            + " was answered, and its answer was too long to be kept. Use a new key to run it once more.",
                    HEADER,
                    null));
        }
        Map<String, String> headers = ResponseHeaders.of(request.id());
        headers.put("x-camelback-cost-usd", new Cost(0).dollars());
        headers.putAll(reply.headers());
        headers.put("x-camelback-idempotent-replay", "true");
        headers.put("x-camelback-original-request-id", reply.requestId());
        HttpServerResponse response = exchange.getProperty(ResponseProcessor.RESPONSE, HttpServerResponse.class);
        if (response != null && reply.type().startsWith("text/event-stream")) {
            exchange.setMessage(new DefaultMessage(exchange));
            SseResponseWriter.head(response, reply.type(), headers);
            new SseResponseWriter(
                            request.id(),
                            response,
                            ResponseProcessor.connection(exchange),
                            null,
                            config.server().timeouts().send())
                    .again(new String(reply.body(), StandardCharsets.UTF_8));
        } else {
            WholeResponse.send(exchange, reply.status(), reply.type(), reply.body(), headers, memory);
        }
        exchange.setRouteStop(true);
        records.replayed(request, reply);
    }
}
