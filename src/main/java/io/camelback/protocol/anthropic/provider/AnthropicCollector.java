package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.FinishReason;
import io.camelback.chat.StreamChunk;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.anthropic.AnthropicStopReason;
import io.camelback.protocol.anthropic.AnthropicUsage;
import java.util.Map;
import java.util.TreeMap;

/**
 * Merges a stream's events into the message that the provider would have sent without streaming, blocks and fields
 * unknown to us included, and reads that. Events of kinds not known here, pings among them, are no part of a message.
 */
final class AnthropicCollector implements AnswerCollector {
    private final Map<Integer, ContentBlockAccumulator> blocks = new TreeMap<>();
    private ObjectNode usage = Json.object();
    private ObjectNode message;
    private boolean stopped;

    @Override
    public void add(StreamChunk chunk) {
        if (stopped || !ProtocolNames.ANTHROPIC.equals(chunk.dialect()) || chunk.data() == null) {
            return;
        }
        ObjectNode event = parse(chunk.data());
        String type = Json.string(event, "type");
        switch (type == null ? String.valueOf(chunk.name()) : type) {
            case "message_start" -> start(event.path("message"));
            case "content_block_start" ->
                blocks.put(index(event), new ContentBlockAccumulator(object(event, "content_block")));
            case "content_block_delta" -> delta(event);
            case "message_delta" -> messageDelta(event);
            case "message_stop" -> stopped = true;
            default -> {}
        }
    }

    private static ObjectNode parse(String data) {
        try {
            if (Json.read(data) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new MalformedResponseException("an event is not JSON");
        }
        throw new MalformedResponseException("an event is not an object");
    }

    private void start(JsonNode begun) {
        if (message == null && begun instanceof ObjectNode object) {
            message = Json.object()
                    .put("id", Json.string(begun, "id"))
                    .put("type", "message")
                    .put("role", "assistant");
            message.setAll(object);
            message.put("type", "message");
            usage = AnthropicUsage.merged(usage, begun.get("usage"));
        }
    }

    private void delta(ObjectNode event) {
        ContentBlockAccumulator block = blocks.get(index(event));
        if (block == null) {
            throw new MalformedResponseException("a delta of a block that did not begin");
        }
        block.add(object(event, "delta"));
    }

    /** What it says of the message may stand in its delta or, as {@code context_management} does, beside it. */
    private void messageDelta(ObjectNode event) {
        if (message == null) {
            throw new MalformedResponseException("a message that did not begin");
        }
        if (event.get("delta") instanceof ObjectNode delta) {
            set(delta);
        }
        set(JsonNodes.without(event, "type", "delta", "usage"));
        usage = AnthropicUsage.merged(usage, event.get("usage"));
    }

    /** What a second report leaves open was said by the first. */
    private void set(ObjectNode fields) {
        fields.properties().forEach(field -> {
            if (!field.getValue().isNull() || !message.has(field.getKey())) {
                message.set(field.getKey(), field.getValue());
            }
        });
    }

    private static ObjectNode object(ObjectNode event, String field) {
        if (event.get(field) instanceof ObjectNode object) {
            return object;
        }
        throw new MalformedResponseException("event without " + field);
    }

    private static int index(ObjectNode event) {
        return event.path("index").asInt(-1);
    }

    @Override
    public ChatAnswer answer(long created) {
        if (message == null) {
            throw new MalformedResponseException("a message that did not begin");
        }
        boolean cut = AnthropicStopReason.of(message, false).reason() == FinishReason.Kind.LENGTH;
        ArrayNode content = message.putArray("content");
        blocks.values().forEach(block -> content.add(block.toJson(cut)));
        message.set("usage", usage);
        ChatAnswer answer = AnthropicAnswerReader.read(message);
        return new ChatAnswer(
                answer.id(), answer.model(), created, answer.choices(), answer.usage(), answer.original());
    }
}
