package io.camelback.protocol.openai.responses.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.openai.responses.OutputItem;
import io.camelback.protocol.openai.responses.ResponsesUsage;
import io.camelback.protocol.openai.responses.SseEventSequence;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Hands a stream of this dialect on as it came, but for what its clients throw on (docs/wire-formats.md 3.7): they want
 * to be told first that the response was created, and that once, and last that it is complete. One per stream.
 */
final class EventPassThrough {
    private static final String CREATED = "response.created";
    private static final String ITEM_DONE = "response.output_item.done";
    private static final Set<String> LAST = Set.of("response.completed", "response.incomplete", "response.failed");

    private final ObjectNode shell;
    private final Map<Integer, String> items = new TreeMap<>();
    private String first;
    private String last;
    private boolean ended;

    /** @param shell the response as it begins, for a server that does not tell */
    EventPassThrough(ObjectNode shell) {
        this.shell = shell;
    }

    boolean begun() {
        return first != null;
    }

    String write(StreamChunk chunk) {
        String data = chunk.data();
        String name = chunk.name();
        if (name == null || data.indexOf('\n') >= 0) {
            JsonNode event = parse(data);
            data = Json.text(event);
            name = name == null ? JsonNodes.text(event, "type") : name;
        }
        if (ended || name == null || begun() && name.equals(CREATED)) {
            return "";
        }
        ended = LAST.contains(name);
        if (name.equals(ITEM_DONE)) {
            items.put(parse(data).path("output_index").asInt(items.size()), data);
        }
        if (ended) {
            data = whole(data);
        }
        String before = begun() || name.equals(CREATED) ? "" : created(parse(data));
        first = first == null ? data : first;
        last = data;
        return before + "event: " + name + "\ndata: " + data + "\n\n";
    }

    /**
     * Some servers end with a response that is empty although its items were told: clients take the last for the truth.
     */
    private String whole(String data) {
        JsonNode event = parse(data);
        if (items.isEmpty()
                || !(event.get("response") instanceof ObjectNode response)
                || !response.path("output").isEmpty()) {
            return data;
        }
        return Json.text(JsonNodes.with((ObjectNode) event, "response", JsonNodes.with(response, "output", items())));
    }

    private ArrayNode items() {
        ArrayNode output = JsonNodes.array();
        items.values().forEach(item -> output.add(parse(item).path("item")));
        return output;
    }

    private String created(JsonNode event) {
        SseEventSequence log = new SseEventSequence(
                false, Math.max(0, event.path("sequence_number").asInt(0) - 1));
        ObjectNode began = event.get("response") instanceof ObjectNode known
                ? JsonNodes.copy(known).put("status", OutputItem.IN_PROGRESS)
                : shell;
        log.response(CREATED, began);
        return log.drain();
    }

    /** What a server left out that ended without a word. @param usage null when it told none */
    String end(String incomplete, Usage usage) {
        if (ended) {
            return "";
        }
        ObjectNode whole = began().put("status", incomplete == null ? OutputItem.COMPLETED : "incomplete");
        if (!items.isEmpty()) {
            whole.set("output", items());
        }
        if (incomplete != null) {
            whole.putObject("incomplete_details").put("reason", incomplete);
        }
        if (usage != null) {
            whole.set("usage", ResponsesUsage.write(usage));
        }
        SseEventSequence log = next();
        log.response(incomplete == null ? "response.completed" : "response.incomplete", whole);
        return log.drain();
    }

    /** Ends the provider's own response: the id, the model and all else of its beginning, and the next number. */
    String error(GatewayError error, String message) {
        SseEventSequence log = next();
        ObjectNode failed = began().put("status", "failed");
        failed.set("error", ResponsesErrorJson.write(error, message));
        log.response("response.failed", failed);
        return log.drain();
    }

    private SseEventSequence next() {
        return new SseEventSequence(false, parse(last).path("sequence_number").asInt(0) + 1);
    }

    private ObjectNode began() {
        return JsonNodes.copy(parse(first).get("response") instanceof ObjectNode known ? known : shell);
    }

    /** It was read before: that is how its meaning became known. */
    private static JsonNode parse(String data) {
        try {
            return Json.read(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event that was read is not JSON", e);
        }
    }
}
