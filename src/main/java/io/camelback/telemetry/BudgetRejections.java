package io.camelback.telemetry;

import io.camelback.chat.GatewayError;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts requests that were refused because a budget, a quota or an {@code Idempotency-Key} could not be checked. They
 * leave the gateway ready, since it serves all others; so their number must be seen elsewhere. Thread-safe.
 */
public final class BudgetRejections {
    /** Refusals further apart than this are two outages. */
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Counter> counters = new TreeMap<>();
    private Instant since;
    private Instant last;
    private long count;

    BudgetRejections(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        for (String code : new String[] {"ledger_unavailable", "idempotency_unavailable"}) {
            counters.put(
                    code,
                    Counter.builder("camelback.money.refused")
                            .tag("reason", code)
                            .description("Requests refused because the ledger's database could not be asked")
                            .register(meters));
        }
    }

    /**
     * An outage that goes on, or was over less than a minute ago.
     *
     * @param since when the first request was refused
     * @param count how many have been
     */
    public record Outage(Instant since, long count) {}

    /** @param error null for a request without one */
    synchronized void done(GatewayError error) {
        Counter counter = error == null ? null : counters.get(error.code());
        if (counter != null) {
            counter.increment();
            Instant now = clock.instant();
            if (over(now)) {
                since = now;
                count = 0;
            }
            last = now;
            count++;
        }
    }

    private boolean over(Instant now) {
        return last == null || Duration.between(last, now).compareTo(QUIET) > 0;
    }

    /** Empty when no request was refused in the last minute. */
    public synchronized Optional<Outage> outage() {
        return over(clock.instant()) ? Optional.empty() : Optional.of(new Outage(since, count));
    }
}
