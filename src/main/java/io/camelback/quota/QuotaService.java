package io.camelback.quota;

import io.camelback.config.QuotaSettings;
import io.camelback.ledger.Ledger;
import io.camelback.ledger.LedgerUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Admits requests as long as all their quotas have room. Requests count when they are let in. So do the tokens of the
 * question, and those of the answer when the caller bounds it; what it came to takes their place. Thread-safe.
 */
public final class QuotaService {
    /** What {@code whose} begins with for deployments. */
    public static final String DEPLOYMENT = "deployment:";
    /** What it begins with for client keys. */
    public static final String KEY = "key:";

    private final QuotaCounter counter;
    private final Clock clock;
    private final QuotaAlertNotifier alarms = new QuotaAlertNotifier();
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();

    private QuotaService(QuotaCounter counter, Clock clock) {
        this.counter = counter;
        this.clock = clock;
    }

    /**
     * Counted in the ledger's database, together with all gateways that share it. @param maxWait how long a request
     * waits for it
     */
    public static QuotaService in(Ledger ledger, Duration maxWait, Clock clock) {
        return new QuotaService(new JdbcQuotaCounter(ledger, maxWait), clock);
    }

    /** Counted in this process alone, and forgotten at its end. */
    public static QuotaService inMemory(Clock clock) {
        return new QuotaService(new InMemoryQuotaCounter(), clock);
    }

    /** From now on this one is told when a quota has no room, on the thread of the one who is refused. */
    public void listen(Consumer<QuotaAlert> listener) {
        alarms.listen(listener);
    }

    /** Somebody who was let in. */
    public final class Admission {
        private final String whose;
        private final boolean counted;
        private final List<QuotaCounter.Take> takes;
        private final RateLimitHeaders standing;
        private final AtomicBoolean over = new AtomicBoolean();

        private Admission(String whose, boolean counted, List<QuotaCounter.Take> takes, RateLimitHeaders standing) {
            this.whose = whose;
            this.counted = counted;
            this.takes = takes;
            this.standing = standing;
        }

        public RateLimitHeaders standing() {
            return standing;
        }

        /** It is over, and this is what it came to: once; what comes later changes nothing. Never waits. */
        public void settle(long requests, long tokens) {
            if (!over.compareAndSet(false, true)) {
                return;
            }
            if (counted) {
                underWay.get(whose).decrementAndGet();
            }
            List<QuotaCounter.Take> more = takes.stream()
                    .map(take -> new QuotaCounter.Take(
                            take.quota(),
                            take.slot(),
                            (take.quota().kind() == Quota.Kind.REQUESTS ? requests : tokens) - take.amount()))
                    .filter(take -> take.amount() != 0)
                    .toList();
            if (!more.isEmpty()) {
                counter.correct(more);
            }
        }
    }

    /**
     * Lets a request in.
     *
     * @param whose {@code deployment:…} or {@code key:…}
     * @param zone whose calendar counts
     * @param tokens how many it will have, as far as that is known
     * @throws QuotaExceededException when one quota has no room, or cools down
     * @throws LedgerUnavailableException when nobody can say; then nothing is let in
     */
    public Admission admit(String whose, QuotaSettings limits, ZoneId zone, long tokens) {
        Instant now = clock.instant();
        Optional<QuotaExceededException> cooling = cooling(whose, limits, now);
        if (cooling.isPresent()) {
            throw cooling.get();
        }
        boolean counted = limits.concurrent() > 0;
        if (counted) {
            enter(whose, limits.concurrent());
        }
        try {
            return taken(whose, limits, zone, tokens, now, counted);
        } catch (QuotaExceededException | LedgerUnavailableException e) {
            if (counted) {
                underWay.get(whose).decrementAndGet();
            }
            throw e;
        }
    }

    /** What {@link #admit} would say, as far as this gateway knows. Never waits, and counts nothing. */
    public Optional<QuotaExceededException> preview(String whose, QuotaSettings limits, ZoneId zone, long tokens) {
        Instant now = clock.instant();
        Optional<QuotaExceededException> cooling = cooling(whose, limits, now);
        return cooling.isPresent()
                ? cooling
                : full(limits, zone, counter.peek(takes(whose, limits, zone, tokens, now)), now);
    }

    /** How somebody's quotas stand, as far as this gateway knows. Never waits. */
    public List<QuotaUsage> rateLimitHeaders(String whose, QuotaSettings limits, ZoneId zone) {
        Instant now = clock.instant();
        Optional<Instant> cools = cooling(whose, limits, now).map(cooling -> now.plus(cooling.left()));
        return takes(whose, limits, zone, 0, now).stream()
                .map(take -> {
                    QuotaCounter.Admission known = counter.peek(List.of(take));
                    long oldest = known.full() == null ? take.slot().starts() : known.oldest();
                    return new QuotaUsage(
                            whose,
                            take.quota().toString(),
                            take.quota().limit(),
                            known.used().get(0),
                            cools.orElseGet(() -> now.plus(take.quota().left(take.slot(), oldest, now))),
                            cools.isPresent());
                })
                .toList();
    }

    private Optional<QuotaExceededException> cooling(String whose, QuotaSettings limits, Instant now) {
        Duration left = Duration.ofMillis(counter.coolsUntil(whose).orElse(0L) - now.toEpochMilli());
        return limits.cooldown() == null || left.isNegative() || left.isZero()
                ? Optional.empty()
                : Optional.of(new QuotaExceededException("cooling down after a limit", left, RateLimitHeaders.NONE));
    }

    private static List<QuotaCounter.Take> takes(
            String whose, QuotaSettings limits, ZoneId zone, long tokens, Instant now) {
        return Quota.of(whose, limits).stream()
                .map(quota -> new QuotaCounter.Take(
                        quota, quota.slot(now, zone), quota.kind() == Quota.Kind.REQUESTS ? 1 : tokens))
                .toList();
    }

    /** What is told of a quota without room; empty when all have room. */
    private static Optional<QuotaExceededException> full(
            QuotaSettings limits, ZoneId zone, QuotaCounter.Admission taken, Instant now) {
        Quota full = taken.full();
        if (full == null) {
            return Optional.empty();
        }
        Duration left = full.left(full.slot(now, zone), taken.oldest(), now);
        RateLimitHeaders.Builder standing = new RateLimitHeaders.Builder();
        standing.add(full, taken.used().get(0), left);
        return Optional.of(new QuotaExceededException(
                full.toString(), limits.cooldown() != null ? limits.cooldown() : left, standing.build()));
    }

    private void enter(String whose, int most) {
        AtomicInteger running = underWay.computeIfAbsent(whose, first -> new AtomicInteger());
        if (running.incrementAndGet() > most) {
            running.decrementAndGet();
            throw new QuotaExceededException(most + " requests at once", null, RateLimitHeaders.NONE);
        }
    }

    private Admission taken(
            String whose, QuotaSettings limits, ZoneId zone, long tokens, Instant now, boolean counted) {
        List<QuotaCounter.Take> takes = takes(whose, limits, zone, tokens, now);
        if (takes.isEmpty()) {
            return new Admission(whose, counted, takes, RateLimitHeaders.NONE);
        }
        QuotaCounter.Admission taken = counter.take(takes);
        Optional<QuotaExceededException> full = full(limits, zone, taken, now);
        if (full.isPresent()) {
            if (limits.cooldown() != null) {
                counter.coolDown(whose, now.plus(limits.cooldown()).toEpochMilli());
            }
            alarms.refused(
                    taken.full().id(),
                    new QuotaAlert(
                            whose, taken.full().toString(), now.plus(full.get().left()), limits.cooldown() != null),
                    now);
            throw full.get();
        }
        RateLimitHeaders.Builder standing = new RateLimitHeaders.Builder();
        for (int i = 0; i < takes.size(); i++) {
            QuotaCounter.Take take = takes.get(i);
            standing.add(
                    take.quota(),
                    taken.used().get(i),
                    take.quota().left(take.slot(), take.slot().starts(), now));
        }
        return new Admission(whose, counted, takes, standing.build());
    }
}
