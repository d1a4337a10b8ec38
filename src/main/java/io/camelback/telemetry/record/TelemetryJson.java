package io.camelback.telemetry.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.attempt.AttemptMetering;
import io.camelback.attempt.AttemptResult;
import io.camelback.chat.Usage;
import io.camelback.event.DeliveredEvent;
import io.camelback.event.GatewayEvent;
import io.camelback.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Formats requests and events as JSON, for the log, the dashboard and event routes. Durations are whole milliseconds,
 * money whole micro-dollars. What is not known is left out.
 */
public final class TelemetryJson {
    /** The name and version of an event's form (docs/events.md). */
    public static final String EVENT = "camelback.event/1";

    private static final int TASK = 40;

    private TelemetryJson() {}

    /** All of a request with its turns in order. Not the model as the caller wrote it: that may be anything. */
    public static ObjectNode request(RequestRecord entry) {
        ObjectNode json = Json.object()
                .put("id", entry.id())
                .put("endpoint", entry.endpoint())
                .put("chain", entry.chain());
        json.put("status", entry.status());
        put(json, "model", entry.deployment());
        json.put("streamed", entry.streamed()).put("took_ms", entry.took().toMillis());
        if (entry.complexity() != null) {
            json.put("complexity", entry.complexity());
        }
        put(json, "task", task(entry.task()));
        put(json, "degraded", entry.degraded());
        entry.microDollars().ifPresent(cost -> json.put("micro_dollars", cost));
        if (entry.error() != null) {
            json.put("error", entry.error().code());
        }
        ArrayNode attempts = json.putArray("attempts");
        entry.attempts().forEach(turn -> attempts.add(attempt(turn)));
        return json;
    }

    /** The caller's own word, when it is a word. */
    private static String task(String task) {
        return task == null || task.length() <= TASK && task.matches("[\\w-]+") ? task : MetricTags.OTHER;
    }

    private static ObjectNode attempt(AttemptResult turn) {
        ObjectNode json = Json.object()
                .put("deployment", turn.deployment())
                .put("outcome", turn.outcome().name().toLowerCase(java.util.Locale.ROOT))
                .put("reason", OutcomeCode.of(turn));
        if (turn.outcome() != AttemptResult.Outcome.ANSWERED) {
            json.put("why", turn.detail());
        }
        if (turn.status() > 0) {
            json.put("status", turn.status());
        }
        if (turn.outcome() != AttemptResult.Outcome.SKIPPED) {
            json.put("took_ms", turn.duration().toMillis());
        }
        if (turn.has(AttemptResult.Mark.RESENT)) {
            json.put("resent", true);
        }
        if (turn.has(AttemptResult.Mark.UNJUDGED)) {
            json.put("unjudged", true);
        }
        if (turn.possiblyBilled()) {
            json.put("possibly_billed", true);
        }
        AttemptMetering metered = turn.metering();
        millis(json, "started_ms", metered.startedAfter());
        millis(json, "first_token_ms", metered.firstToken());
        millis(json, "cooldown_ms", turn.until());
        Usage usage = metered.usage();
        if (usage != null) {
            json.put("input_tokens", usage.input())
                    .put("output_tokens", usage.output())
                    .put("estimated", metered.estimated());
            if (metered.microDollars() != null) {
                json.put("micro_dollars", metered.microDollars());
            }
            put(json, "service_tier", usage.billing().tier());
            put(json, "other_models", usage.billing().otherModels());
        }
        return json;
    }

    /** An event as it leaves the gateway. */
    public static ObjectNode event(DeliveredEvent notice) {
        GatewayEvent event = notice.event();
        ObjectNode json = Json.object()
                .put("schema", EVENT)
                .put("id", notice.id())
                .put("at", at(notice.at()))
                .put("type", event.type().word())
                .put("severity", event.type().severity().word())
                .put("subject", event.subject())
                .put("text", event.text())
                .put("repeated", notice.repeated());
        json.set("details", Json.of(event.details()));
        return json;
    }

    public static String at(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static void millis(ObjectNode json, String name, Duration duration) {
        if (duration != null) {
            json.put(name, duration.toMillis());
        }
    }

    public static void put(ObjectNode json, String name, String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
