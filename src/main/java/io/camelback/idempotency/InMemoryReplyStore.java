package io.camelback.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bounded store of replies in this process: when it is full, the oldest are removed first. Thread-safe. */
public final class InMemoryReplyStore implements ReplyStore {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final long most;
    private final Clock clock;
    private long weight;
    private long claims;

    /** @param reply null while the request is under way */
    private record Entry(String fingerprint, String token, StoredReply reply, long expires) {}

    /** @param bytes about how much of the memory replies may take */
    public InMemoryReplyStore(long bytes, Clock clock) {
        this.most = bytes;
        this.clock = clock;
    }

    @Override
    public synchronized IdempotencyClaim claim(String key, String fingerprint) {
        forget();
        Entry known = entries.get(key);
        if (known == null) {
            IdempotencyClaim.Acquired won = new IdempotencyClaim.Acquired(key, Long.toString(++claims));
            entries.put(key, new Entry(fingerprint, won.token(), null, Long.MAX_VALUE));
            return won;
        }
        if (!known.fingerprint().equals(fingerprint)) {
            return new IdempotencyClaim.Mismatch();
        }
        return known.reply() == null ? new IdempotencyClaim.InProgress() : new IdempotencyClaim.Answered(known.reply());
    }

    @Override
    public synchronized void keep(IdempotencyClaim.Acquired claim, StoredReply reply, Duration howLong) {
        Entry running = entries.get(claim.key());
        if (running != null && running.token().equals(claim.token())) {
            // Put behind all others: they stand in the order in which they were answered.
            entries.remove(claim.key());
            entries.put(
                    claim.key(),
                    new Entry(running.fingerprint(), claim.token(), reply, clock.millis() + howLong.toMillis()));
            weight += reply.weight();
            forget();
        }
    }

    @Override
    public synchronized void release(IdempotencyClaim.Acquired claim) {
        Entry running = entries.get(claim.key());
        if (running != null && running.token().equals(claim.token())) {
            entries.remove(claim.key());
        }
    }

    private void forget() {
        long now = clock.millis();
        for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            if (entry.reply() != null) {
                if (entry.expires() > now && weight <= most) {
                    return;
                }
                weight -= entry.reply().weight();
                all.remove();
            }
        }
    }
}
