package io.camelback.protocol.anthropic.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.ResponseFormat;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.anthropic.AnthropicParts;
import io.camelback.protocol.feature.ProviderTools;
import io.camelback.protocol.feature.RequiredFeatures;
import io.camelback.protocol.support.CacheControlFields;
import io.camelback.protocol.support.WebSearchTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a request of another dialect, field by field. Used once. */
final class AnthropicRequestWriter {
    private static final String ANSWER_JSON = "Answer with one JSON object and nothing else.";

    private final ChatRequest request;
    private final ProviderModel target;
    private final AnthropicParts parts;
    private final AnthropicTools tools;
    private final AnthropicModelParameters settings;
    private final Optional<ObjectNode> schema;

    AnthropicRequestWriter(ChatRequest request, ProviderModel target) {
        this.request = request;
        this.target = target;
        parts = new AnthropicParts(target);
        tools = new AnthropicTools(request, target);
        settings = new AnthropicModelParameters(request, target, tools.forcesCall());
        schema = schema();
    }

    /** @throws UnsupportedFeatureException when Anthropic or this model cannot carry the request */
    ObjectNode write(boolean stream) {
        RequiredFeatures.check(request, ProtocolNames.ANTHROPIC);
        Optional<WebSearchTool> search = ProviderTools.search(
                request,
                ProtocolNames.ANTHROPIC,
                AnthropicCapabilityCheck.isAnthropic(target) && target.supports(UnsupportedParameter.TOOLS));
        if (request.candidates() > 1) {
            throw new UnsupportedFeatureException("n > 1");
        }
        if (request.logprobs() != null) {
            throw new UnsupportedFeatureException("log probabilities");
        }
        int start = firstTurn();
        List<Message> history = AnthropicToolRepair.repair(
                request.messages().subList(start, request.messages().size()));
        ObjectNode body = Json.object();
        body.put("model", target.model());
        body.put("max_tokens", AnthropicModelParameters.maxTokens(request.maxOutputTokens(), target));
        ArrayNode system = system(start);
        if (!system.isEmpty()) {
            body.set("system", system);
        }
        body.set("messages", new AnthropicMessages(parts, target).write(history, takesPrefill()));
        tools.write(body, history);
        search.ifPresent(wanted -> AnthropicTools.addSearch(body, wanted));
        if (AnthropicCapabilityCheck.isAnthropic(target)) {
            CacheControlFields.write(body, CacheControlFields.automatic(request));
        }
        AnthropicCacheMarks.fit(body);
        settings.write(body);
        schema.ifPresent(adapted -> body.withObjectProperty("output_config")
                .putObject("format")
                .put("type", "json_schema")
                .set("schema", adapted));
        if (request.user() != null) {
            body.putObject("metadata").put("user_id", request.user());
        }
        if (stream) {
            body.put("stream", true);
        }
        return body;
    }

    /** Neither a thinking model nor a constrained answer goes on from a turn that was begun for it. */
    private boolean takesPrefill() {
        return target.supports(UnsupportedParameter.PREFILL) && !settings.thinks() && schema.isEmpty();
    }

    private int firstTurn() {
        int index = 0;
        while (index < request.messages().size()
                && AnthropicMessages.isSystem(request.messages().get(index))) {
            index++;
        }
        return index;
    }

    private ArrayNode system(int end) {
        ArrayNode system = Json.object().arrayNode();
        request.messages().subList(0, end).forEach(message -> system.addAll(parts.system(message.parts())));
        instructions().forEach(line -> system.add(AnthropicParts.text(line)));
        return system;
    }

    private List<String> instructions() {
        List<String> lines = new ArrayList<>();
        if (request.format() instanceof ResponseFormat.Json) {
            lines.add(ANSWER_JSON);
        } else if (request.format() instanceof ResponseFormat.JsonSchema wanted && schema.isEmpty()) {
            lines.add(answerJson(wanted.schema()));
        }
        tools.instruction().ifPresent(lines::add);
        return lines;
    }

    /** The instruction that stands in for a format the target refuses. */
    static String answerJson(JsonNode schema) {
        return ANSWER_JSON + " It must be valid against this JSON Schema:\n" + Json.text(schema);
    }

    private Optional<ObjectNode> schema() {
        return request.format() instanceof ResponseFormat.JsonSchema wanted
                        && target.supports(UnsupportedParameter.JSON_SCHEMA)
                ? AnthropicSchema.adapt(wanted.schema())
                : Optional.empty();
    }
}
