package io.camelback.protocol.anthropic.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.SamplingParameters;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.anthropic.AnthropicEffort;
import io.camelback.protocol.support.BodySanitizer;
import io.camelback.protocol.support.ReasoningWords;
import io.camelback.protocol.support.RequestFields;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a Messages request. Known fields are checked strictly; unknown ones stay in the original, which goes on to
 * providers of the same dialect.
 */
final class AnthropicRequestReader {
    /** Anthropic's dialect has no name for a format, others want one. */
    private static final String FORMAT_NAME = "answer";

    private final ObjectNode body;
    private final RequestFields fields;
    private final ChatRequestBuilder request;

    private AnthropicRequestReader(ObjectNode body) {
        this.body = body;
        this.fields = new RequestFields(body, "");
        this.request = ChatRequest.builder(fields.model());
    }

    static ChatRequest read(ObjectNode received) {
        return new AnthropicRequestReader(BodySanitizer.sound(received)).read();
    }

    private ChatRequest read() {
        int maxTokens = maxTokens();
        new AnthropicMessageReader(fields).read().forEach(request::message);
        new AnthropicToolReader(fields).read(request);
        readMetadata();
        fields.string("service_tier");
        return request.format(format()).sampling(sampling()).maxOutputTokens(maxTokens).effort(effort()).stream(
                        Boolean.TRUE.equals(fields.bool("stream")))
                .streamUsage(true)
                .original(new ChatRequest.Original(ProtocolNames.ANTHROPIC, body))
                .build();
    }

    /** 0 only warms a prompt cache at Anthropic; elsewhere the shortest answer is the nearest to that. */
    private int maxTokens() {
        Long most = fields.whole("max_tokens", 0, Integer.MAX_VALUE);
        if (most == null) {
            throw fields.invalid("max_tokens", "is required: a whole number from 0");
        }
        return Math.max(1, most.intValue());
    }

    /** In another format's word where this one's is missing. */
    private ChatRequest.Effort effort() {
        ChatRequest.Effort said = AnthropicEffort.read(fields);
        return said == null ? ReasoningWords.any(JsonNodes.without(body, "thinking")) : said;
    }

    private SamplingParameters sampling() {
        Long topK = fields.whole("top_k", 0, Integer.MAX_VALUE);
        return new SamplingParameters(
                fields.number("temperature", 0, 1),
                fields.number("top_p", 0, 1),
                topK == null ? null : Integer.valueOf(topK.intValue()),
                null,
                null,
                null,
                stop());
    }

    private List<String> stop() {
        ArrayNode sequences = fields.array("stop_sequences");
        List<String> texts = new ArrayList<>();
        for (int i = 0; sequences != null && i < sequences.size(); i++) {
            if (!sequences.get(i).isTextual()) {
                throw fields.invalid("stop_sequences[" + i + "]", "must be a string");
            }
            texts.add(sequences.get(i).textValue());
        }
        texts.removeIf(String::isEmpty);
        return texts;
    }

    /** {@code output_config.format}, or the older {@code output_format}. */
    private ResponseFormat format() {
        RequestFields config = fields.object("output_config");
        RequestFields format = config == null ? null : config.object("format");
        if (format == null) {
            format = fields.object("output_format");
        }
        if (format == null) {
            return null;
        }
        if (!format.name("type").equals("json_schema")) {
            throw format.invalid("type", "must be json_schema");
        }
        RequestFields schema = format.object("schema");
        if (schema == null) {
            throw format.invalid("schema", "is required: a JSON Schema");
        }
        return new ResponseFormat.JsonSchema(FORMAT_NAME, null, schema.node(), null);
    }

    /** Anthropic knows {@code user_id} only; the rest is for our own routing. */
    private void readMetadata() {
        RequestFields metadata = fields.object("metadata");
        if (metadata == null) {
            return;
        }
        request.user(metadata.string("user_id"));
        metadata.node().properties().forEach(label -> {
            JsonNode value = label.getValue();
            if (value.isContainerNode()) {
                throw metadata.invalid(label.getKey(), "must be a string, a number or a boolean");
            }
            if (!value.isNull() && !label.getKey().equals("user_id")) {
                request.metadata(label.getKey(), value.asText());
            }
        });
    }
}
