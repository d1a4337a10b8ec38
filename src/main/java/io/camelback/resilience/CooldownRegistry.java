package io.camelback.resilience;

import io.camelback.config.Deployment;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * Deployments and keys in cooldown, because their provider asked for it or refused them. Thread-safe. The later
 * deadline wins: a slow answer of long ago must not shorten a wait (docs/failures.md S05).
 */
public final class CooldownRegistry {
    /** No cooldown is longer, and what has no known end is looked at again after that long. */
    public static final Duration MAX = Duration.ofMinutes(15);

    /**
     * @param left how much of it is to come, never negative or zero
     * @param cause the failure that led to it; null when an operator set it
     */
    public record Cooldown(Instant until, String reason, Duration left, ProviderException cause) {
        public Cooldown(Instant until, String reason, Duration left) {
            this(until, reason, left, null);
        }
    }

    private record Entry(Instant until, String reason, ProviderException cause) {}

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final List<BiConsumer<String, Cooldown>> listeners = new CopyOnWriteArrayList<>();
    private final Clock clock;

    public CooldownRegistry(Clock clock) {
        this.clock = clock;
    }

    /** The name of the cooldown of a provider's key, and with it all its deployments. */
    public static String keyOf(Deployment deployment) {
        return "key of " + deployment.provider().name();
    }

    /**
     * From now on this one is told of every cooldown that takes effect, on the thread that sets it: quickly, and
     * without throwing.
     */
    public void listen(BiConsumer<String, Cooldown> listener) {
        listeners.add(listener);
    }

    /** The cooldown of a failure of this kind when the provider does not say; zero for kinds that need nothing. */
    public static Duration defaultFor(FailureKind kind) {
        return switch (kind) {
            case RATE_LIMIT -> Duration.ofSeconds(15);
            case QUOTA -> MAX;
            case AUTH -> Duration.ofMinutes(5);
            case MODEL_GONE -> Duration.ofMinutes(10);
            default -> Duration.ZERO;
        };
    }

    /**
     * Puts a deployment or a key in cooldown.
     *
     * @param duration from now on; cut at {@link #MAX}, which null stands for; nothing happens when it is not positive
     * @param reason one short phrase for the operator
     */
    public void coolDown(String name, Duration duration, String reason) {
        coolDown(name, duration, reason, null);
    }

    /** The same, because of a failure: for as long as its provider asks, or else as long as failures of its kind do. */
    public void coolDown(String name, ProviderException cause) {
        Duration wait = cause.retryAfter() != null ? cause.retryAfter() : defaultFor(cause.kind());
        coolDown(name, wait, cause.getMessage(), cause);
    }

    private void coolDown(String name, Duration duration, String reason, ProviderException cause) {
        Duration wait = duration == null || duration.compareTo(MAX) > 0 ? MAX : duration;
        if (wait.isNegative() || wait.isZero()) {
            return;
        }
        Entry entry = new Entry(clock.instant().plus(wait), reason, cause);
        Entry held = entries.merge(name, entry, (old, later) -> later.until().isAfter(old.until()) ? later : old);
        if (held == entry) {
            Cooldown cooldown = new Cooldown(entry.until(), reason, wait, cause);
            listeners.forEach(listener -> listener.accept(name, cooldown));
        }
    }

    /** Empty when it is free to be used. */
    public Optional<Cooldown> cooldown(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        Duration left = Duration.between(clock.instant(), entry.until());
        if (left.isNegative() || left.isZero()) {
            entries.remove(name, entry);
            return Optional.empty();
        }
        return Optional.of(new Cooldown(entry.until(), entry.reason(), left, entry.cause()));
    }

    /** Lets it be used again at once. */
    public void clear(String name) {
        entries.remove(name);
    }

    /** All cooldowns of this moment, by name. */
    public Map<String, Cooldown> all() {
        Map<String, Cooldown> all = new TreeMap<>();
        for (String name : entries.keySet()) {
            cooldown(name).ifPresent(cooldown -> all.put(name, cooldown));
        }
        return Collections.unmodifiableMap(all);
    }
}
