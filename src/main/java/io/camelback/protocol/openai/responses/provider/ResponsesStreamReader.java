package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.FinishReason;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.openai.responses.ResponsesFinishReason;
import io.camelback.protocol.openai.responses.ResponsesUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads one stream (docs/wire-formats.md 3.5). Deltas are told as they come; what a server tells only in an item's end,
 * or in the whole response, is told then. Events of hosted tools, and those not known here, mean nothing to other
 * dialects; that such a tool is at work is told.
 */
final class ResponsesStreamReader implements StreamReader, OutputItemReader.Answer {
    private final Map<Integer, OutputItemReader> items = new TreeMap<>();
    private List<StreamEvent> events = new ArrayList<>();
    private boolean started;
    private boolean finished;
    private int calls;

    @Override
    public List<StreamEvent> read(String name, ObjectNode data) {
        String type = JsonNodes.text(data, "type") == null ? name : JsonNodes.text(data, "type");
        if (type == null) {
            throw new MalformedResponseException("an event has no type");
        }
        events = new ArrayList<>();
        switch (type) {
            case "response.created", "response.in_progress", "response.queued" -> start(data.path("response"));
            case "response.completed", "response.incomplete" -> finish(data.path("response"));
            case "response.output_item.added" -> item(data).begin(data.path("item"));
            case "response.output_item.done" -> item(data).end(data.path("item"));
            default -> delta(type, data);
        }
        return events;
    }

    private void delta(String type, ObjectNode data) {
        String delta = data.path("delta").asText("");
        switch (type) {
            case "response.output_text.delta" ->
                item(data).text(part(data, "content_index"), delta, data.path("logprobs"));
            case "response.output_text.annotation.added" ->
                item(data)
                        .annotation(
                                part(data, "content_index"), part(data, "annotation_index"), data.path("annotation"));
            case "response.refusal.delta" -> item(data).refusal(part(data, "content_index"), delta);
            case "response.function_call_arguments.delta" -> item(data).arguments(delta);
            case "response.reasoning_summary_text.delta" -> item(data).summary(part(data, "summary_index"), delta);
            case "response.reasoning_text.delta" -> item(data).reasoning(delta);
            default -> {}
        }
    }

    private static int part(ObjectNode data, String field) {
        return data.path(field).asInt(0);
    }

    private OutputItemReader item(ObjectNode data) {
        return item(data.path("output_index").asInt(0));
    }

    private OutputItemReader item(int index) {
        return items.computeIfAbsent(index, any -> new OutputItemReader(event -> events.add(event), this));
    }

    @Override
    public int nextCall() {
        return calls++;
    }

    @Override
    public int said() {
        return items.values().stream().mapToInt(OutputItemReader::said).sum();
    }

    private void start(JsonNode response) {
        if (!started) {
            started = true;
            events.add(new StreamEvent.Started(JsonNodes.text(response, "id"), JsonNodes.text(response, "model")));
        }
    }

    private void finish(JsonNode response) {
        if (!response.isObject()) {
            throw new MalformedResponseException("the last event has no response");
        }
        start(response);
        for (int i = 0; i < response.path("output").size(); i++) {
            item(i).end(response.path("output").get(i));
        }
        Usage usage = ResponsesUsage.read(response);
        if (usage != null) {
            events.add(new StreamEvent.UsageReported(usage));
        }
        finished = true;
        events.add(new StreamEvent.Finished(0, ResponsesFinishReason.read(response, calls > 0)));
    }

    /**
     * A server that ends with a marker of another dialect, {@code [DONE]}, but gives no reason has stopped by itself.
     */
    @Override
    public List<StreamEvent> end() {
        if (finished || items.isEmpty()) {
            return List.of();
        }
        finished = true;
        return List.of(new StreamEvent.Finished(
                0, FinishReason.of(calls > 0 ? FinishReason.Kind.TOOL_CALLS : FinishReason.Kind.STOP, null)));
    }

    @Override
    public boolean finished() {
        return finished;
    }

    @Override
    public boolean terminated() {
        return finished;
    }
}
