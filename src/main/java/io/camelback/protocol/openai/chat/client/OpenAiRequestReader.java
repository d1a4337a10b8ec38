package io.camelback.protocol.openai.chat.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.SamplingParameters;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.support.AnswerFormat;
import io.camelback.protocol.support.BodySanitizer;
import io.camelback.protocol.support.ReasoningWords;
import io.camelback.protocol.support.RequestFields;
import io.camelback.protocol.support.RequestMetadata;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a Chat Completions request. Known fields are checked strictly; unknown ones stay in the original, which goes on
 * to providers of the same dialect.
 */
final class OpenAiRequestReader {
    private static final int MAX_STOPS = 4;
    private final ObjectNode body;
    private final RequestFields fields;
    private final ChatRequestBuilder request;

    private OpenAiRequestReader(ObjectNode body) {
        this.body = body;
        this.fields = new RequestFields(body, "");
        this.request = ChatRequest.builder(fields.model());
    }

    static ChatRequest read(ObjectNode received) {
        return new OpenAiRequestReader(BodySanitizer.sound(received)).read();
    }

    private ChatRequest read() {
        new OpenAiMessageReader(fields).read().forEach(request::message);
        new OpenAiToolReader(fields).read(request);
        RequestMetadata.read(fields, request);
        Long candidates = fields.whole("n", 1, 128);
        RequestFields streamOptions = fields.object("stream_options");
        String user = fields.string("user");
        String safetyIdentifier = fields.string("safety_identifier");
        return request
                .format(AnswerFormat.read(fields.object("response_format"), "json_schema"))
                .sampling(sampling())
                .maxOutputTokens(maxTokens())
                .effort(effort())
                .candidates(candidates == null ? 1 : candidates.intValue())
                .logprobs(logprobs())
                .stream(Boolean.TRUE.equals(fields.bool("stream")))
                .streamUsage(streamOptions != null && Boolean.TRUE.equals(streamOptions.bool("include_usage")))
                .user(user == null ? safetyIdentifier : user)
                .original(new ChatRequest.Original(ProtocolNames.OPENAI, body))
                .build();
    }

    private SamplingParameters sampling() {
        return new SamplingParameters(
                fields.number("temperature", 0, 2),
                fields.number("top_p", 0, 1),
                null,
                fields.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                fields.number("presence_penalty", -2, 2),
                fields.number("frequency_penalty", -2, 2),
                stop());
    }

    private ChatRequest.Effort effort() {
        ChatRequest.Effort said = fields.effort("reasoning_effort");
        return said == null ? ReasoningWords.read(body) : said;
    }

    private Integer logprobs() {
        Long top = fields.whole("top_logprobs", 0, 20);
        return !Boolean.TRUE.equals(fields.bool("logprobs")) ? null : Integer.valueOf(top == null ? 0 : top.intValue());
    }

    private List<String> stop() {
        JsonNode stop = fields.get("stop");
        if (stop == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode text : stop.isArray() ? stop : JsonNodes.array().add(stop)) {
            if (!text.isTextual() || texts.size() == MAX_STOPS) {
                throw fields.invalid("stop", "must be a string or an array of at most " + MAX_STOPS + " strings");
            }
            texts.add(text.textValue());
        }
        texts.removeIf(String::isEmpty);
        return texts;
    }

    private Integer maxTokens() {
        Long old = fields.whole("max_tokens", 1, Integer.MAX_VALUE);
        Long max = fields.whole("max_completion_tokens", 1, Integer.MAX_VALUE);
        max = max == null ? old : max;
        return max == null ? null : Integer.valueOf(max.intValue());
    }
}
