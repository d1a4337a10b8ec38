package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.ProtocolNames;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last event of a stream holds the answer as it would have come without streaming, fields unknown to us included.
 * Servers that leave its output out have told the items one by one. A stream that was made here is put together from
 * its events.
 */
final class ResponsesCollector implements AnswerCollector {
    private static final String ITEM_DONE = "response.output_item.done";
    private final AnswerCollector made;
    private final Map<Integer, JsonNode> items = new TreeMap<>();
    private ObjectNode response;

    ResponsesCollector(AnswerCollector made) {
        this.made = made;
    }

    @Override
    public void add(StreamChunk chunk) {
        made.add(chunk);
        if (!ProtocolNames.RESPONSES.equals(chunk.dialect()) || chunk.data() == null) {
            return;
        }
        boolean last = chunk.events().stream().anyMatch(StreamEvent.Finished.class::isInstance);
        if (last || chunk.data().contains(ITEM_DONE)) {
            read(chunk.data());
        }
    }

    private void read(String data) {
        JsonNode event;
        try {
            event = Json.read(data);
        } catch (JsonProcessingException e) {
            throw new MalformedResponseException("an event is not JSON");
        }
        if (event.path("type").asText().equals(ITEM_DONE)) {
            items.put(event.path("output_index").asInt(0), event.path("item"));
        } else if (event.get("response") instanceof ObjectNode whole) {
            response = whole;
        }
    }

    @Override
    public ChatAnswer answer(long created) {
        if (response == null) {
            return made.answer(created);
        }
        ObjectNode body = response;
        if (body.path("output").isEmpty() && !items.isEmpty()) {
            ArrayNode output = JsonNodes.array().addAll(items.values());
            body = JsonNodes.with(body, "output", output);
        }
        return ResponsesAnswerReader.read(body);
    }
}
