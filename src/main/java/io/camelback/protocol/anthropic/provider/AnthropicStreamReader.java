package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.StreamEvent;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.anthropic.AnthropicStopReason;
import io.camelback.protocol.anthropic.AnthropicUsage;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one stream (docs/wire-formats.md 3.2). Pings, events and blocks of kinds not known here mean nothing to other
 * dialects.
 */
final class AnthropicStreamReader implements StreamReader {
    private final AnthropicBlocks blocks = new AnthropicBlocks();
    private ObjectNode usage = Json.object();
    private boolean finished;
    private boolean terminated;

    @Override
    public List<StreamEvent> read(String name, ObjectNode data) {
        if (terminated) {
            return List.of();
        }
        String type = data.hasNonNull("type") ? Json.string(data, "type") : name;
        if (type == null) {
            throw new MalformedResponseException("event without type");
        }
        return switch (type) {
            case "message_start" -> start(object(data, "message"));
            case "content_block_start" -> blocks.start(index(data), object(data, "content_block"));
            case "content_block_delta" -> blocks.delta(index(data), object(data, "delta"));
            case "content_block_stop" -> blocks.stop(index(data));
            case "message_delta" -> messageDelta(data);
            case "message_stop" -> stop();
            default -> List.of();
        };
    }

    @Override
    public boolean finished() {
        return finished;
    }

    @Override
    public boolean terminated() {
        return terminated;
    }

    private List<StreamEvent> start(JsonNode message) {
        List<StreamEvent> events = new ArrayList<>();
        events.add(new StreamEvent.Started(Json.string(message, "id"), Json.string(message, "model")));
        addUsage(events, message.get("usage"));
        return events;
    }

    private List<StreamEvent> messageDelta(ObjectNode data) {
        List<StreamEvent> events = new ArrayList<>();
        JsonNode delta = data.path("delta");
        if (!finished && Json.string(delta, "stop_reason") != null) {
            finished = true;
            String explanation = AnthropicStopReason.explanation(delta);
            if (explanation != null && !blocks.spoke()) {
                events.add(new StreamEvent.RefusalDelta(0, explanation));
            }
            events.add(new StreamEvent.Finished(0, AnthropicStopReason.of(delta, blocks.calls() > 0)));
        }
        addUsage(events, data.get("usage"));
        return events;
    }

    private List<StreamEvent> stop() {
        terminated = true;
        return List.of();
    }

    private void addUsage(List<StreamEvent> events, JsonNode report) {
        if (report != null && report.isObject()) {
            usage = AnthropicUsage.merged(usage, report);
            events.add(new StreamEvent.UsageReported(AnthropicUsage.of(usage)));
        }
    }

    private static JsonNode object(ObjectNode data, String field) {
        JsonNode value = data.get(field);
        if (value == null || !value.isObject()) {
            throw new MalformedResponseException("event without " + field);
        }
        return value;
    }

    private static int index(ObjectNode data) {
        return data.path("index").asInt(-1);
    }
}
