package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.SamplingParameters;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.feature.ProviderTools;
import io.camelback.protocol.feature.RequiredFeatures;
import io.camelback.protocol.openai.OpenAiCompatibleServers;
import io.camelback.protocol.openai.OpenAiSharedFields;
import io.camelback.protocol.support.CacheControlFields;
import io.camelback.protocol.support.OutputModalities;
import io.camelback.protocol.support.PromptInstructions;
import java.util.List;
import java.util.Locale;

/**
 * Writes a request that came in another dialect, or was made in Java, with the fields that every compatible server
 * knows.
 */
final class ChatRequestMapper {
    private static final int MAX_STOPS = 4;
    private final ChatRequest request;
    private final ProviderModel target;
    private final ObjectNode body = Json.object();

    private ChatRequestMapper(ChatRequest request, ProviderModel target) {
        this.request = request;
        this.target = target;
    }

    static ObjectNode body(ChatRequest request, ProviderModel target) {
        return new ChatRequestMapper(request, target).write();
    }

    private ObjectNode write() {
        RequiredFeatures.check(request, ProtocolNames.OPENAI);
        ProviderTools.search(request, ProtocolNames.OPENAI, false);
        body.put("model", target.model());
        body.set("messages", messages());
        if (!request.tools().isEmpty()) {
            writeTools();
        }
        writeFormat();
        if (request.maxOutputTokens() != null) {
            body.put(
                    OpenAiCompatibleServers.isOpenAi(target) ? "max_completion_tokens" : "max_tokens",
                    request.maxOutputTokens());
        }
        writeSampling(request.sampling());
        if (request.candidates() > 1) {
            body.put("n", request.candidates());
        }
        writeLogprobs();
        if (request.effort() != null) {
            body.put("reasoning_effort", effort(request.effort(), target));
        }
        CacheControlFields.write(body, OpenAiCacheMarks.wanted(target) ? CacheControlFields.automatic(request) : null);
        writeModalities();
        if (OpenAiCompatibleServers.isOpenAi(target)) {
            OpenAiSharedFields.toChat(request, body);
            put("user", OpenAiSharedFields.user(request));
        }
        return body;
    }

    /** OpenAI and DeepSeek answer 400 to JSON mode unless the conversation speaks of JSON. */
    private ArrayNode messages() {
        ArrayNode messages = OpenAiMessages.write(request.messages(), target);
        if (messages.isEmpty()) {
            throw new UnsupportedFeatureException("a conversation without content");
        }
        boolean silent = request.format() instanceof ResponseFormat.Json
                && target.supports(UnsupportedParameter.JSON_MODE)
                && !Json.text(messages).toLowerCase(Locale.ROOT).contains("json");
        return silent ? SystemMessageLines.add(messages, List.of(PromptInstructions.JSON)) : messages;
    }

    private void writeTools() {
        ArrayNode tools = body.putArray("tools");
        for (Tool tool : request.tools()) {
            ObjectNode written = tools.addObject().put("type", "function");
            written.set("function", function(tool));
            CacheControlFields.write(written, OpenAiCacheMarks.wanted(target) ? tool.mark() : null);
        }
        if (request.toolChoice() != null) {
            writeChoice(request.toolChoice());
        }
        if (request.parallelCalls() != null) {
            body.put("parallel_tool_calls", request.parallelCalls());
        }
    }

    private ObjectNode function(Tool tool) {
        ObjectNode function = OpenAiSharedFields.describe(tool, target, Json.object());
        return tool.strict() == null ? function : function.put("strict", tool.strict());
    }

    private void writeChoice(ToolChoice choice) {
        switch (choice.mode()) {
            case AUTO -> body.put("tool_choice", "auto");
            case NONE -> body.put("tool_choice", "none");
            case REQUIRED -> body.put("tool_choice", "required");
            case NAMED ->
                body.putObject("tool_choice")
                        .put("type", "function")
                        .putObject("function")
                        .put("name", choice.name());
        }
    }

    private void writeFormat() {
        if (request.format() instanceof ResponseFormat.Json) {
            body.putObject("response_format").put("type", "json_object");
        } else if (request.format() instanceof ResponseFormat.JsonSchema format) {
            ObjectNode schema =
                    body.putObject("response_format").put("type", "json_schema").putObject("json_schema");
            schema.put("name", format.name() == null ? "answer" : format.name());
            if (format.description() != null) {
                schema.put("description", format.description());
            }
            schema.set("schema", format.schema());
            if (format.strict() != null) {
                schema.put("strict", format.strict());
            }
        }
    }

    private void writeSampling(SamplingParameters sampling) {
        if (sampling.stop().size() > MAX_STOPS) {
            throw new UnsupportedFeatureException("more than four stop sequences");
        }
        put("temperature", sampling.temperature());
        put("top_p", sampling.topP());
        put("seed", sampling.seed());
        put("presence_penalty", sampling.presencePenalty());
        put("frequency_penalty", sampling.frequencyPenalty());
        if (!sampling.stop().isEmpty()) {
            put("stop", sampling.stop());
        }
    }

    private void writeLogprobs() {
        if (request.logprobs() == null) {
            return;
        }
        body.put("logprobs", true);
        if (request.logprobs() > 0) {
            body.put("top_logprobs", request.logprobs());
        }
    }

    private void writeModalities() {
        List<String> modalities = OutputModalities.of(request);
        if (modalities.contains(OutputModalities.IMAGE)) {
            modalities.forEach(body.putArray("modalities")::add);
        }
    }

    private void put(String field, Object value) {
        if (value != null) {
            body.set(field, Json.of(value));
        }
    }

    /** The nearest level that the provider's chat endpoint has (docs/wire-formats.md 1.6). */
    static String effort(ChatRequest.Effort effort, ProviderModel target) {
        if (OpenAiCompatibleServers.isOpenAi(target)) {
            return effort == ChatRequest.Effort.MAX ? "xhigh" : effort.name().toLowerCase(Locale.ROOT);
        }
        boolean threeLevels = OpenAiCompatibleServers.isDeepSeek(target);
        return switch (effort) {
            case NONE -> threeLevels ? "low" : "none";
            case MINIMAL, LOW -> "low";
            case MEDIUM -> threeLevels ? "high" : "medium";
            case HIGH, XHIGH -> "high";
            case MAX -> threeLevels ? "max" : "high";
        };
    }
}
