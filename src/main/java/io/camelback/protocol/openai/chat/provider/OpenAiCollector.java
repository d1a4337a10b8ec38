package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.openai.chat.ChunkBuilder;
import io.camelback.protocol.openai.chat.ChunkChoiceFields;
import io.camelback.protocol.openai.chat.OpenAiUsage;
import io.camelback.protocol.support.CustomTools;
import io.camelback.protocol.support.StreamChunkJson;
import java.util.Map;
import java.util.TreeMap;

/**
 * Merges a stream's chunks into the {@code chat.completion} that the provider would have sent without streaming, fields
 * unknown to us included, and reads that.
 */
final class OpenAiCollector implements AnswerCollector {
    private final ObjectNode top = Json.object();
    private final Map<Integer, ChoiceAccumulator> choices = new TreeMap<>();
    private final ChunkBuilder maker = new ChunkBuilder(null, 0, null, CustomTools.NONE);

    @Override
    public void add(StreamChunk chunk) {
        if (ProtocolNames.OPENAI.equals(chunk.dialect()) && chunk.data() != null) {
            add(StreamChunkJson.parse(chunk.data()));
            return;
        }
        for (StreamEvent event : chunk.events()) {
            maker.of(event).forEach(this::add);
            if (event instanceof StreamEvent.Started started) {
                addTop("id", Json.of(started.id()));
            } else if (event instanceof StreamEvent.UsageReported reported) {
                add(maker.usage(reported.usage()));
            } else if (event instanceof StreamEvent.Finished finished) {
                choice(finished.choice()).finish(finished.finish());
            }
        }
    }

    private void add(ObjectNode chunk) {
        chunk.properties().forEach(field -> addTop(field.getKey(), field.getValue()));
        JsonNode list = chunk.path("choices");
        for (int i = 0; i < list.size(); i++) {
            JsonNode delta = ChunkChoiceFields.delta(list.get(i), i);
            choice(ChunkChoiceFields.index(list.get(i), i))
                    .add(
                            (ObjectNode) list.get(i),
                            (ObjectNode) delta,
                            chunk.path("id").asText());
        }
    }

    private ChoiceAccumulator choice(int index) {
        maker.relayed(index, false);
        return choices.computeIfAbsent(index, any -> new ChoiceAccumulator());
    }

    /** The answer's own fields: the first name it has, the last of everything else. */
    private void addTop(String key, JsonNode value) {
        switch (key) {
            case "choices", "object", "obfuscation" -> {}
            case "id", "model" -> {
                if (!top.has(key) && value.isTextual() && !value.textValue().isEmpty()) {
                    top.set(key, value);
                }
            }
            case "created" -> {
                if (!top.has(key) && value.asLong(0) > 0) {
                    top.set(key, value);
                }
            }
            default -> {
                if (!value.isNull() || !top.has(key)) {
                    top.set(key, value);
                }
            }
        }
    }

    @Override
    public ChatAnswer answer(long created) {
        ObjectNode body = Json.object();
        body.set("id", top.path("id").isTextual() ? top.get("id") : Json.of(null));
        body.put("object", "chat.completion");
        body.set("created", top.has("created") ? top.get("created") : Json.of(created));
        body.set("model", top.path("model").isTextual() ? top.get("model") : Json.of(null));
        ArrayNode list = body.putArray("choices");
        choices.forEach((index, choice) -> list.add(choice.toJson(index)));
        body.setAll(JsonNodes.without(top, "id", "created", "model"));
        Usage usage = OpenAiUsage.find(body);
        if (!JsonNodes.has(body, "usage") && usage != null) {
            body.set("usage", OpenAiUsage.write(usage));
        }
        return OpenAiAnswerReader.read(body);
    }
}
