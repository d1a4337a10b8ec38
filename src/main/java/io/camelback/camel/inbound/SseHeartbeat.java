package io.camelback.camel.inbound;

import io.camelback.resilience.GatewayRuntime;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;

/**
 * Tells a caller whose answer is held back that it is still being worked on: after so long without a word a comment
 * goes out, and so on. With the first comment the response begins: from then on its status is 200, its headers are
 * those that were known by then, and what goes wrong is told inside the stream. A caller whose answer comes earlier
 * notices nothing.
 */
final class SseHeartbeat {
    private static final String PROPERTY = "camelbackKeepAlive";

    private final HttpServerResponse response;
    private final String type;
    private final Map<String, String> headers;
    private final String comment;
    private final long every;
    private final LongSupplier nanoTime;
    private long spokeAt;
    private volatile ScheduledFuture<?> ticks;
    private boolean speaking;
    private boolean begun;
    private boolean stopped;
    /** Of a live stream: nothing goes out before the stream's first event. */
    private boolean live;

    private SseHeartbeat(
            HttpServerResponse response,
            String type,
            Map<String, String> headers,
            String comment,
            Duration every,
            LongSupplier nanoTime) {
        this.response = response;
        this.type = type;
        this.headers = headers;
        this.comment = comment;
        this.every = every.toNanos();
        this.nanoTime = nanoTime;
        this.spokeAt = nanoTime.getAsLong();
    }

    /**
     * From now on the caller of this exchange is kept from giving up.
     *
     * @param headers what the response begins with if it begins with a comment
     * @param comment what goes out, a piece of the stream without meaning
     */
    static void start(
            Exchange exchange,
            HttpServerResponse response,
            String type,
            Map<String, String> headers,
            String comment,
            Duration every,
            GatewayRuntime runtime) {
        SseHeartbeat alive = new SseHeartbeat(response, type, headers, comment, every, runtime.nanoTime());
        alive.ticks =
                runtime.alarms().scheduleWithFixedDelay(alive::tick, alive.every, alive.every, TimeUnit.NANOSECONDS);
        exchange.setProperty(PROPERTY, alive);
    }

    /**
     * Of a stream that goes out as it comes: fills the silence between its events.
     *
     * @param heartbeat what goes out, a piece of the stream without meaning
     */
    static SseHeartbeat live(HttpServerResponse response, String heartbeat, Duration every, GatewayRuntime runtime) {
        SseHeartbeat alive = new SseHeartbeat(response, null, Map.of(), heartbeat, every, runtime.nanoTime());
        alive.begun = true;
        alive.live = true;
        alive.ticks =
                runtime.alarms().scheduleWithFixedDelay(alive::tick, alive.every, alive.every, TimeUnit.NANOSECONDS);
        return alive;
    }

    boolean isLive() {
        return live;
    }

    /** Null when the caller is not held up. */
    static SseHeartbeat of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, SseHeartbeat.class);
    }

    /** Ends it for this exchange, if it was ever begun. @return whether the response has begun with it */
    static boolean stop(Exchange exchange) {
        SseHeartbeat alive = of(exchange);
        return alive != null && alive.stop();
    }

    private synchronized void tick() {
        if (stopped || speaking || live && !response.headWritten() && !response.ended()) {
            return;
        }
        if (response.closed() || response.ended()) {
            stop();
        } else if (nanoTime.getAsLong() - spokeAt >= every / 2 && !response.writeQueueFull()) {
            if (!begun) {
                begun = true;
                SseResponseWriter.head(response, type, headers);
            }
            response.write(comment);
        }
    }

    /** Something else is being sent, maybe in pieces: no comment may come between them. */
    synchronized void speaking() {
        speaking = true;
    }

    /** It has been sent, so that no comment is needed for a while. */
    synchronized void spoke() {
        speaking = false;
        spokeAt = nanoTime.getAsLong();
    }

    /** Begins the response with the answer's own headers, unless it has begun. @return whether it had begun already */
    synchronized boolean begin(Map<String, String> known) {
        boolean before = begun;
        if (!begun) {
            begun = true;
            SseResponseWriter.head(response, type, known);
        }
        return before;
    }

    /** @return whether the response has begun */
    synchronized boolean stop() {
        stopped = true;
        ticks.cancel(false);
        return begun;
    }
}
