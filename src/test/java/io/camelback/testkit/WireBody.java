package io.camelback.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.ToolNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a provider receives, and a caller gets, for the bytes of a request: as the gateway translates them. */
public final class WireBody {
    private final TestProtocol endpoint;
    private final TestProtocol target;
    private final ProviderModel model;
    private final ChatRequest request;

    private WireBody(TestProtocol endpoint, TestProtocol target, ProviderModel model, String body) {
        this.endpoint = endpoint;
        this.target = target;
        this.model = model;
        this.request = endpoint.read(json(body));
    }

    /** A request to a current model of the format's own maker. @param body with single quotes for double ones */
    public static WireBody of(TestProtocol endpoint, TestProtocol target, String body) {
        return new WireBody(endpoint, target, target.target, body);
    }

    /** A request to another maker's server of that format. */
    public static WireBody of(TestProtocol endpoint, TestProtocol target, String provider, String body) {
        return new WireBody(endpoint, target, new ProviderModel(provider + "-large", 0, Set.of(), provider), body);
    }

    public ChatRequest request() {
        return request;
    }

    private boolean same() {
        return request.original().dialect().equals(target.dialect.name());
    }

    private ToolNames names() {
        boolean retells = target.dialect.retells(request, model);
        ToolNames names = ToolNames.of(
                request,
                same() && !retells ? ToolNames.ANY : target.dialect.toolNames(),
                target.dialect.argumentNames());
        return retells ? names.retelling() : names;
    }

    /** What goes out. */
    public ObjectNode sent() {
        return target.dialect.writeRequest(names().sent(request), model, request.stream());
    }

    /** What the caller gets for a provider's answer. */
    public ObjectNode answer(String answer) {
        ChatAnswer read = names().received(target.dialect.readAnswer(json(answer)));
        return endpoint.endpoint.writeAnswer(read, request, "req_1");
    }

    /** The data of the events that the caller gets for a provider's; {@code [DONE]} is left out. */
    public List<JsonNode> stream(String... received) {
        StreamReader reader = target.dialect.streamReader();
        StreamWriter writer = endpoint.endpoint.streamWriter(request, "req_1", 1);
        StringBuilder text = new StringBuilder();
        for (String event : received) {
            ObjectNode data = json(event);
            String type = data.path("type").isTextual() ? data.path("type").asText() : null;
            List<StreamEvent> events = reader.read(type, data);
            StreamChunk chunk = reader.altered()
                    ? new StreamChunk(events, null, null, null)
                    : new StreamChunk(events, target.dialect.name(), type, Json.text(data));
            text.append(writer.write(names().received(chunk)));
        }
        StreamChunk end = new StreamChunk(reader.end(), null, null, null);
        text.append(writer.write(end)).append(writer.end());
        return data(text.toString());
    }

    /** The same for a stream whose events were made anew, as after a failover in the middle of it. */
    public List<JsonNode> made(String... events) {
        StreamReader reader = target.dialect.streamReader();
        StreamWriter writer = endpoint.endpoint.streamWriter(request, "req_1", 1);
        StringBuilder text = new StringBuilder();
        for (String event : events) {
            ObjectNode data = json(event);
            StreamChunk chunk = new StreamChunk(reader.read(data.path("type").asText(null), data), null, null, null);
            text.append(writer.write(names().received(chunk)));
        }
        text.append(writer.write(new StreamChunk(reader.end(), null, null, null)))
                .append(writer.end());
        return data(text.toString());
    }

    /** The JSON of each event of a stream. */
    public static List<JsonNode> data(String stream) {
        List<JsonNode> all = new ArrayList<>();
        for (String line : stream.split("\r?\n")) {
            if (line.startsWith("data: {")) {
                all.add(json(line.substring(6)));
            }
        }
        return all;
    }

    /** JSON in single quotes. */
    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.read(text.startsWith("{'") ? text.replace('\'', '"') : text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
