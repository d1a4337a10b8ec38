package io.camelback.camel.inbound;

import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
import io.camelback.config.IdempotencySettings;
import io.camelback.idempotency.IdempotencyClaim;
import io.camelback.idempotency.ReplyStore;
import io.camelback.idempotency.StoredReply;
import io.camelback.memory.MemoryLease;
import io.camelback.protocol.StreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Whose request it is to run, of all with the same {@code Idempotency-Key}. It is handed in once: with the answer, just
 * before the caller gets the last of it, or else without one, so that the next try runs the request.
 */
final class IdempotencyLease extends SynchronizationAdapter {
    private static final String PROPERTY = "camelbackIdempotencyLease";
    /** What tells of this one run, and not of its answer. */
    private static final Set<String> OF_THE_RUN =
            Set.of("x-camelback-request-id", "x-camelback-attempts", "x-camelback-cost-usd");
    /** What a character of a kept answer takes until the answer is whole. */
    private static final int COPIES = 3;
    /** For requests without a key. */
    private static final IdempotencyLease NONE = new IdempotencyLease(null, null, null, null, null, null);

    private final ReplyStore store;
    private final IdempotencyClaim.Acquired claim;
    private final String requestId;
    private final IdempotencySettings limits;
    private final MemoryLease lease;
    private final Clock clock;
    private final AtomicBoolean completed = new AtomicBoolean();

    /** @param lease counts what is kept of an answer while it is written */
    IdempotencyLease(
            ReplyStore store,
            IdempotencyClaim.Acquired claim,
            String requestId,
            IdempotencySettings limits,
            MemoryLease lease,
            Clock clock) {
        this.store = store;
        this.claim = claim;
        this.requestId = requestId;
        this.limits = limits;
        this.lease = lease;
        this.clock = clock;
        completed.set(claim == null);
    }

    /** From now on it goes with this exchange, and is handed in with its end at the latest. */
    static void begin(Exchange exchange, IdempotencyLease ticket) {
        exchange.setProperty(PROPERTY, ticket);
        exchange.getExchangeExtension().addOnCompletion(ticket);
    }

    /** One that does nothing for a request without a key. */
    static IdempotencyLease of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, NONE, IdempotencyLease.class);
    }

    /**
     * The whole answer, before it goes out. It is kept if it is the last word on the request. @param body null when too
     * long
     */
    void complete(int status, String type, Map<String, String> headers, byte[] body) {
        if (!StoredReply.isFinal(status) || inAModelsPlace(headers)) {
            release();
        } else if (completed.compareAndSet(false, true)) {
            boolean fits = body != null && body.length <= limits.maxAnswerBytes();
            store.keep(
                    claim,
                    new StoredReply(requestId, clock.instant(), status, type, kept(headers), fits ? body : null),
                    limits.keep());
        }
    }

    /** Lets another try run the request. */
    void release() {
        if (completed.compareAndSet(false, true)) {
            store.release(claim);
        }
    }

    /** The writer of a streamed answer, which is kept as it is written, when it has come to its good end. */
    StreamWriter recording(StreamWriter writer, String type, Map<String, String> headers) {
        return completed.get() ? writer : new RecordingWriter(writer, type, headers);
    }

    /** No model has answered, and the next try may find one. */
    private static boolean inAModelsPlace(Map<String, String> headers) {
        String degraded = headers.get("x-camelback-degraded");
        return "cached".equals(degraded) || "static".equals(degraded);
    }

    private static Map<String, String> kept(Map<String, String> headers) {
        Map<String, String> kept = new HashMap<>();
        headers.forEach((name, value) -> {
            if (name.startsWith("x-camelback-") && !OF_THE_RUN.contains(name) || name.equals("x-should-retry")) {
                kept.put(name, value);
            }
        });
        return kept;
    }

    @Override
    public void onDone(Exchange exchange) {
        lease.close();
        release();
    }

    /** The exchange that came through the endpoint, and no copy of it, says when the request is over. */
    @Override
    public boolean allowHandover() {
        return false;
    }

    private final class RecordingWriter implements StreamWriter {
        private final StreamWriter writer;
        private final String type;
        private final Map<String, String> headers;
        private final StringBuilder tape = new StringBuilder();
        private boolean tooLong;

        RecordingWriter(StreamWriter writer, String type, Map<String, String> headers) {
            this.writer = writer;
            this.type = type;
            this.headers = headers;
        }

        @Override
        public String write(StreamChunk chunk) {
            return taped(writer.write(chunk));
        }

        @Override
        public String end() {
            String last = taped(writer.end());
            complete(200, type, headers, tooLong ? null : tape.toString().getBytes(StandardCharsets.UTF_8));
            return last;
        }

        @Override
        public String error(GatewayError error) {
            release();
            return writer.error(error);
        }

        private String taped(String text) {
            if (!tooLong) {
                tape.append(text);
                if (tape.length() > limits.maxAnswerBytes() || !lease.grow(COPIES * (long) text.length())) {
                    tooLong = true;
                    tape.setLength(0);
                    tape.trimToSize();
                }
            }
            return text;
        }
    }
}
