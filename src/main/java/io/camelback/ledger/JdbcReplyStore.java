package io.camelback.ledger;

import io.camelback.idempotency.IdempotencyClaim;
import io.camelback.idempotency.ReplyStore;
import io.camelback.idempotency.StoredReply;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests with an Idempotency-Key, kept beside the ledger: they outlive a restart, and gateways that share it run none
 * of them twice at once. A claim is its gateway's as long as that one gives signs of life. What cannot be written at
 * once is written when the database is back; until then the claim stands.
 */
final class JdbcReplyStore implements ReplyStore {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcReplyStore.class);
    /** The longest time that a request may take is a day. */
    private static final Duration LONGEST_RUN = Duration.ofHours(25);

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration FORGET = Duration.ofMinutes(10);
    /** How many bytes of replies wait for a database that is away; of further ones it is kept that there was one. */
    private static final long MOST_WAITING = 32L << 20;

    private static final int MOST_ENDS = 10_000;

    private final Ledger ledger;
    private final Duration maxWait;
    private final Clock clock;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final AtomicLong waitingBytes = new AtomicLong();

    /** The end of a claim, not written yet. @param reply null when it is let go */
    private record Waiting(IdempotencyClaim.Acquired claim, StoredReply reply, long expires) {
        int bytes() {
            return reply == null || reply.body() == null ? 0 : reply.body().length;
        }

        LedgerDatabase.Work<Integer> work() {
            return connection -> reply == null
                    ? ReplyDao.release(connection, claim)
                    : ReplyDao.keep(connection, claim, reply, expires);
        }

        void written(int rows) {
            if (rows == 0 && reply != null) {
                LOG.warn(
                        "{} was run here although this gateway had missed its heartbeats: another gateway may have run it as well",
                        reply.requestId());
            }
        }
    }

    /** @param maxWait how long a request waits for the database */
    JdbcReplyStore(Ledger ledger, Duration maxWait, Clock clock) {
        this.ledger = ledger;
        this.maxWait = maxWait;
        this.clock = clock;
        ledger.schedule(AGAIN, this::writeAgain);
        ledger.schedule(FORGET, this::forget);
        ledger.onClose(this::writeAgain);
    }

    @Override
    public IdempotencyClaim claim(String key, String fingerprint) {
        if (!ledger.seen()) {
            throw new LedgerUnavailableException("the ledger's database has not answered since the start", null);
        }
        long now = clock.millis();
        ReplyDao.Asking asking = new ReplyDao.Asking(
                key,
                fingerprint,
                ledger.nextId(),
                ledger.gateway(),
                ledger.database().shared(),
                ledger.steady(),
                now,
                now + LONGEST_RUN.toMillis());
        AtomicBoolean givenUp = new AtomicBoolean();
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<IdempotencyClaim> running = ledger.database()
                .submit(
                        connection -> {
                            begun.set(true);
                            return ReplyDao.claim(connection, asking);
                        },
                        () -> !givenUp.get());
        try {
            return LedgerDatabase.await(running, maxWait);
        } catch (LedgerUnavailableException e) {
            givenUp.set(true);
            ledger.markFailed(e);
            running.whenComplete((claim, failed) -> {
                if (begun.get() && (failed != null || claim instanceof IdempotencyClaim.Acquired)) {
                    // Nobody knows whether it was won, and nobody will run the request.
                    later(new Waiting(new IdempotencyClaim.Acquired(key, asking.token()), null, 0));
                }
            });
            throw e;
        }
    }

    @Override
    public void keep(IdempotencyClaim.Acquired claim, StoredReply reply, Duration howLong) {
        end(new Waiting(claim, reply, clock.millis() + howLong.toMillis()));
    }

    @Override
    public void release(IdempotencyClaim.Acquired claim) {
        end(new Waiting(claim, null, 0));
    }

    /** Waits for it a moment, so that whoever comes again with the key finds it. */
    private void end(Waiting ended) {
        if (!waiting.isEmpty()) {
            later(ended);
            return;
        }
        CompletableFuture<Integer> running = ledger.database().submit(ended.work());
        running.whenComplete((rows, failed) -> {
            if (failed == null) {
                ended.written(rows);
            } else {
                later(ended);
            }
        });
        try {
            LedgerDatabase.await(running, maxWait);
        } catch (LedgerUnavailableException e) {
            ledger.markFailed(e);
        }
    }

    private void later(Waiting ended) {
        if (waiting.size() >= MOST_ENDS) {
            return;
        }
        boolean room = waitingBytes.addAndGet(ended.bytes()) <= MOST_WAITING;
        if (room || ended.bytes() == 0) {
            waiting.put(ended.claim().token(), ended);
        } else {
            waitingBytes.addAndGet(-ended.bytes());
            waiting.put(
                    ended.claim().token(),
                    new Waiting(ended.claim(), ended.reply().withoutBody(), ended.expires()));
        }
    }

    private void writeAgain() {
        waiting.forEach((token, ended) -> {
            ended.written(ledger.database().write(ended.work()));
            waiting.remove(token);
            waitingBytes.addAndGet(-ended.bytes());
        });
    }

    private void forget() {
        ledger.database().write(connection -> ReplyDao.forget(connection, clock.millis()));
    }
}
