package io.camelback.telemetry.log;

import io.camelback.chat.GatewayError;
import io.camelback.json.Json;
import io.camelback.telemetry.record.RecentRequests;
import io.camelback.telemetry.record.RequestRecord;
import io.camelback.telemetry.record.TelemetryJson;
import io.camelback.telemetry.trace.RequestTracer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One log line for every request, with all attempts in order. Names and counts only: no prompt, no header, no key. */
public final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.camelback.requests");

    private final List<Consumer<RequestRecord>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<GatewayError>> refusals = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> waits = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> replays = new CopyOnWriteArrayList<>();
    private final RecentRequests recent = new RecentRequests();
    private final LongAdder hostileHeaders = new LongAdder();
    private final RequestTracer traces;

    public RequestLog() {
        this(RequestTracer.OFF);
    }

    public RequestLog(RequestTracer traces) {
        this.traces = traces;
    }

    /** Where the spans of requests go. */
    public RequestTracer traces() {
        return traces;
    }

    /** What a line about a request knows beside its words, for those who write it as JSON. */
    public record Line(RequestRecord entry) {
        @Override
        public String toString() {
            return Json.text(TelemetryJson.request(entry));
        }
    }

    /** From now on this one is told, too, on the request's own thread: it must be quick, and it must not throw. */
    public void listen(Consumer<RequestRecord> listener) {
        listeners.add(listener);
    }

    /** The same for what callers are told whose request could not be read. */
    public void listenRefused(Consumer<GatewayError> listener) {
        refusals.add(listener);
    }

    /** The last requests, with what was planned for them. */
    public RecentRequests recent() {
        return recent;
    }

    /**
     * Writes the line, and tells all listeners, whichever of them fails.
     *
     * @throws RuntimeException or an {@link Error}: the first that one of them threw, when all have been told
     */
    public void done(RequestRecord entry) {
        Throwable fault = null;
        try {
            line(entry);
        } catch (RuntimeException | Error thrown) {
            fault = thrown;
        }
        for (Consumer<RequestRecord> listener : listeners) {
            try {
                listener.accept(entry);
            } catch (RuntimeException | Error thrown) {
                fault = fault == null ? thrown : fault;
            }
        }
        if (fault instanceof Error error) {
            throw error;
        } else if (fault instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private static void line(RequestRecord entry) {
        String tried = tried(entry);
        boolean bad = entry.status() >= 500 || entry.error() != null && entry.status() == 200;
        LOG.atLevel(bad ? Level.WARN : Level.INFO)
                .addKeyValue("request", new Line(entry))
                .log(
                        "{} {} -> {} {} {}ms [{}] {}",
                        entry.id(),
                        entry.chain(),
                        entry.status(),
                        shown(entry.deployment()),
                        entry.took().toMillis(),
                        tried,
                        shown(entry.error()));
    }

    /**
     * A request that was given the answer of an earlier one.
     *
     * @param deployment the one that answered then; null when none did
     * @param original the id of the request that was run
     */
    public void replayed(String id, String endpoint, String chain, int status, String deployment, String original) {
        LOG.atInfo()
                .addKeyValue("request_id", id)
                .addKeyValue("replay_of", original)
                .log("{} {} -> {} {}, the answer to {} again", id, chain, status, shown(deployment), original);
        replays.forEach(listener -> listener.accept(endpoint));
    }

    /** From now on this one is told of the endpoints at which an answer was given again. */
    public void listenReplayed(Consumer<String> listener) {
        replays.add(listener);
    }

    /** A request for which no link has answered, and which is held until one can be asked again. */
    public void waiting(String id, String chain) {
        LOG.warn("{} {} waits: no deployment available", id, chain);
        waits.forEach(listener -> listener.accept(chain));
    }

    /** From now on this one is told of the chains whose requests wait. */
    public void listenWaiting(Consumer<String> listener) {
        waits.add(listener);
    }

    private static String tried(RequestRecord entry) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i <= entry.attempts().size(); i++) {
            int at = i;
            entry.escalations().stream()
                    .filter(layer -> layer.before() == at)
                    .forEach(layer -> told.add("(" + layer + ")"));
            if (i < entry.attempts().size()) {
                told.add(entry.attempts().get(i).toString());
            }
        }
        return String.join("; ", told);
    }

    /** A request that could not be read. */
    public void refused(String id, GatewayError error) {
        LOG.atInfo().addKeyValue("request_id", id).log("{} refused: {} {}", id, error.status(), error.code());
        refusals.forEach(listener -> listener.accept(error));
    }

    /** Headers of a caller that would have steered Camel, had they been let in. */
    public void hostile(int headers) {
        hostileHeaders.add(headers);
    }

    public long hostileHeaders() {
        return hostileHeaders.sum();
    }

    private static String shown(String model) {
        return model == null ? "-" : model;
    }

    private static String shown(GatewayError error) {
        return error == null ? "" : error.code();
    }
}
