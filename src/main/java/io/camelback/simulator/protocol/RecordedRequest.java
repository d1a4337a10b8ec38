package io.camelback.simulator.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.camelback.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request that a simulated provider received, and its result. */
public final class RecordedRequest {
    /** How the answering of a request ended. */
    public enum Ending {
        /** The answer, good or bad, was sent as planned, and the connection lives on. */
        ANSWERED,
        /** The script closed or broke the connection. */
        CUT,
        /** The client closed the connection before it had the answer. */
        CLIENT_GONE,
        /**
         * {@link io.camelback.simulator.SimulatedProvider#close()} or
         * {@link io.camelback.simulator.SimulatedProvider#dropConnections()} came first.
         */
        STOPPED
    }

    /** @param at when it was noticed, in {@link System#nanoTime()} */
    public record Outcome(Ending ending, long at) {}

    private final HttpRequestMessage request;
    private final int number;
    private final long at;
    private final JsonNode json;
    private final SimulatedRequest asked;
    private final ConditionSignal bell = new ConditionSignal();
    private volatile int tokens;
    private volatile Outcome outcome;

    public RecordedRequest(HttpRequestMessage request, int number, long at) {
        this.request = request;
        this.number = number;
        this.at = at;
        this.json = parse(request.body());
        this.asked = SimulatedRequest.of(this).orElse(null);
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.read(body);
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** Its place among the requests of its provider, from 1. */
    public int number() {
        return number;
    }

    public String method() {
        return request.method();
    }

    /** The path as it was sent, without the query. */
    public String path() {
        int question = request.target().indexOf('?');
        return question < 0 ? request.target() : request.target().substring(0, question);
    }

    /** The query as it was sent; empty when there is none. */
    public String query() {
        int question = request.target().indexOf('?');
        return question < 0 ? "" : request.target().substring(question + 1);
    }

    /** All headers; names in any case. */
    public Map<String, List<String>> headers() {
        return request.headers();
    }

    /** The first value of a header; null when there is none. */
    public String header(String name) {
        return request.header(name);
    }

    /** The API key it came with; null when there is none. */
    public String key() {
        String bearer = header("Authorization");
        String plain = header("x-api-key") != null ? header("x-api-key") : header("x-goog-api-key");
        return plain == null && bearer != null ? bearer.replaceFirst("(?i)^bearer\\s+", "") : plain;
    }

    public byte[] body() {
        return request.body().clone();
    }

    int size() {
        return request.body().length;
    }

    /** The body as JSON; a missing node when it is none. */
    public JsonNode json() {
        return json;
    }

    /** The model asked for; null when it asks for none. */
    public String model() {
        return asked == null ? null : asked.model();
    }

    /** Empty when it asks a model for nothing. */
    public Optional<SimulatedRequest> asked() {
        return Optional.ofNullable(asked);
    }

    /** When it had been read, in {@link System#nanoTime()}. */
    public long at() {
        return at;
    }

    /** How many tokens have been sent so far. */
    public int tokensSent() {
        return tokens;
    }

    /** What became of it; null while it is being answered. */
    public Outcome outcome() {
        return outcome;
    }

    public boolean clientGone() {
        return outcome != null && outcome.ending() == Ending.CLIENT_GONE;
    }

    /** Waits until the answering has ended. @return whether it has, in time */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return bell.await(() -> outcome != null, atMost);
    }

    /** Waits until so many tokens have been sent. @return whether they have, in time */
    public boolean awaitTokens(int count, Duration atMost) throws InterruptedException {
        return bell.await(() -> tokens >= count, atMost);
    }

    /** Only by the connection's thread. */
    public void sent(int more) {
        if (more > 0) {
            tokens = tokens + more;
            bell.ring();
        }
    }

    public void end(Ending ending) {
        outcome = new Outcome(ending, System.nanoTime());
        bell.ring();
    }
}
