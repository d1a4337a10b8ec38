package io.camelback.dialect.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.Sampling;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.dialect.CacheMarks;
import io.camelback.dialect.Demands;
import io.camelback.dialect.Instructions;
import io.camelback.dialect.Json;
import io.camelback.dialect.Modalities;
import io.camelback.dialect.ProviderTools;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;
import io.camelback.dialect.Untranslatable;
import java.util.List;
import java.util.Locale;

/** Writes a request that came in another dialect, or was made in Java, with the fields that every compatible server knows. */
final class NeutralRequest {
    private static final int MAX_STOPS = 4;
    private final ChatRequest request;
    private final Target target;
    private final ObjectNode body = Json.object();

    private NeutralRequest(ChatRequest request, Target target) {
        this.request = request;
        this.target = target;
    }

    static ObjectNode body(ChatRequest request, Target target) {
        return new NeutralRequest(request, target).write();
    }

    private ObjectNode write() {
        Demands.check(request, OpenAiDialect.NAME);
        ProviderTools.search(request, OpenAiDialect.NAME, false);
        body.put("model", target.model());
        body.set("messages", messages());
        if (!request.tools().isEmpty()) {
            writeTools();
        }
        writeFormat();
        if (request.maxOutputTokens() != null) {
            body.put(Providers.isOpenAi(target) ? "max_completion_tokens" : "max_tokens", request.maxOutputTokens());
        }
        writeSampling(request.sampling());
        if (request.candidates() > 1) {
            body.put("n", request.candidates());
        }
        writeLogprobs();
        if (request.effort() != null) {
            body.put("reasoning_effort", effort(request.effort()));
        }
        CacheMarks.write(body, OpenAiCacheMarks.wanted(target) ? CacheMarks.automatic(request) : null);
        writeModalities();
        if (Providers.isOpenAi(target)) {
            SameHouse.toChat(request, body);
            put("user", SameHouse.user(request));
        }
        return body;
    }

    /** OpenAI and DeepSeek answer 400 to JSON mode unless the conversation speaks of JSON. */
    private ArrayNode messages() {
        ArrayNode messages = OpenAiMessages.write(request.messages(), target);
        if (messages.isEmpty()) {
            throw new Untranslatable("a conversation without content");
        }
        boolean silent = request.format() instanceof ResponseFormat.Json && target.takes(Refusal.JSON_MODE)
                && !Json.text(messages).toLowerCase(Locale.ROOT).contains("json");
        return silent ? SystemLines.add(messages, List.of(Instructions.JSON)) : messages;
    }

    private void writeTools() {
        ArrayNode tools = body.putArray("tools");
        for (Tool tool : request.tools()) {
            ObjectNode written = tools.addObject().put("type", "function");
            written.set("function", function(tool));
            CacheMarks.write(written, OpenAiCacheMarks.wanted(target) ? tool.mark() : null);
        }
        if (request.toolChoice() != null) {
            writeChoice(request.toolChoice());
        }
        if (request.parallelCalls() != null) {
            body.put("parallel_tool_calls", request.parallelCalls());
        }
    }

    private ObjectNode function(Tool tool) {
        ObjectNode function = SameHouse.describe(tool, target, Json.object());
        return tool.strict() == null ? function : function.put("strict", tool.strict());
    }

    private void writeChoice(ToolChoice choice) {
        switch (choice.mode()) {
            case AUTO -> body.put("tool_choice", "auto");
            case NONE -> body.put("tool_choice", "none");
            case REQUIRED -> body.put("tool_choice", "required");
            case NAMED -> body.putObject("tool_choice").put("type", "function").putObject("function").put("name", choice.name());
        }
    }

    private void writeFormat() {
        if (request.format() instanceof ResponseFormat.Json) {
            body.putObject("response_format").put("type", "json_object");
        } else if (request.format() instanceof ResponseFormat.JsonSchema format) {
            ObjectNode schema = body.putObject("response_format").put("type", "json_schema").putObject("json_schema");
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

    private void writeSampling(Sampling sampling) {
        if (sampling.stop().size() > MAX_STOPS) {
            throw new Untranslatable("more than four stop sequences");
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
        List<String> modalities = Modalities.of(request);
        if (modalities.contains(Modalities.IMAGE)) {
            modalities.forEach(body.putArray("modalities")::add);
        }
    }

    private void put(String field, Object value) {
        if (value != null) {
            body.set(field, Json.of(value));
        }
    }

    /** The nearest level that the provider's chat endpoint has (docs/wire-formats.md 1.6). */
    private String effort(ChatRequest.Effort effort) {
        if (Providers.isOpenAi(target)) {
            return effort == ChatRequest.Effort.MAX ? "xhigh" : effort.name().toLowerCase(Locale.ROOT);
        }
        boolean threeLevels = Providers.isDeepSeek(target);
        return switch (effort) {
            case NONE -> threeLevels ? "low" : "none";
            case MINIMAL, LOW -> "low";
            case MEDIUM -> threeLevels ? "high" : "medium";
            case HIGH, XHIGH -> "high";
            case MAX -> threeLevels ? "max" : "high";
        };
    }
}
