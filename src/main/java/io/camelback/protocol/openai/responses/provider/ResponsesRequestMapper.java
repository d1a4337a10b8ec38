package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequest.Effort;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.json.Json;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.feature.ProviderTools;
import io.camelback.protocol.feature.RequiredFeatures;
import io.camelback.protocol.openai.OpenAiSharedFields;
import io.camelback.protocol.openai.responses.ResponsesRequestReader;
import io.camelback.protocol.support.WebSearchTool;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a request that came in another dialect, or was made in Java, from the list of fields that this API has. */
final class ResponsesRequestMapper {
    private final ChatRequest request;
    private final ProviderModel target;
    private final ObjectNode body = Json.object();

    private ResponsesRequestMapper(ChatRequest request, ProviderModel target) {
        this.request = request;
        this.target = target;
    }

    static ObjectNode of(ChatRequest request, ProviderModel target) {
        return new ResponsesRequestMapper(request, target).write();
    }

    private ObjectNode write() {
        RequiredFeatures.check(request, ProtocolNames.RESPONSES);
        Optional<WebSearchTool> search = ProviderTools.search(
                request,
                ProtocolNames.RESPONSES,
                ResponsesRequestAdapter.isOpenAi(target) && target.supports(UnsupportedParameter.TOOLS));
        if (request.candidates() > 1) {
            throw new UnsupportedFeatureException("n > 1");
        }
        body.put("model", target.model());
        writeConversation();
        if (!request.tools().isEmpty()) {
            writeTools();
        }
        search.ifPresent(this::writeSearch);
        writeFormat();
        writeReasoning();
        writeLogprobs();
        put("max_output_tokens", request.maxOutputTokens());
        put("temperature", request.sampling().temperature());
        put("top_p", request.sampling().topP());
        if (ResponsesRequestAdapter.isOpenAi(target)) {
            OpenAiSharedFields.toResponses(request, body);
            put("user", OpenAiSharedFields.user(request));
        }
        return body;
    }

    /** System messages at the start are the instructions, unless there is nothing else to answer. */
    private void writeConversation() {
        List<Message> messages = request.messages();
        int start = 0;
        while (start < messages.size() && messages.get(start).role() == Role.SYSTEM) {
            start++;
        }
        start = start == messages.size() ? 0 : start;
        String instructions = messages.subList(0, start).stream()
                .map(message -> message.text("\n\n"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n\n"));
        if (!instructions.isEmpty()) {
            body.put("instructions", instructions);
        }
        ArrayNode items = ResponsesItems.write(
                messages.subList(start, messages.size()), ResponsesRequestAdapter.isOpenAi(target));
        if (items.isEmpty()) {
            throw new UnsupportedFeatureException("a conversation without content");
        }
        body.set("input", items);
    }

    private void writeTools() {
        ArrayNode tools = body.putArray("tools");
        request.tools().forEach(tool -> tools.add(function(tool)));
        if (request.toolChoice() != null) {
            writeChoice(request.toolChoice());
        }
        put("parallel_tool_calls", request.parallelCalls());
    }

    private void writeSearch(WebSearchTool search) {
        if (!search.blocked().isEmpty()) {
            throw new UnsupportedFeatureException("a search that leaves domains out");
        }
        ObjectNode tool = body.withArrayProperty("tools").addObject().put("type", "web_search");
        if (!search.allowed().isEmpty()) {
            search.allowed().forEach(tool.putObject("filters").putArray("allowed_domains")::add);
        }
        if (search.location() != null) {
            tool.set("user_location", search.location());
        }
    }

    /** Strictness is always said: left out, this API takes it for granted and changes the schema. */
    private ObjectNode function(Tool tool) {
        ObjectNode function =
                OpenAiSharedFields.describe(tool, target, Json.object().put("type", "function"));
        return function.put("strict", Boolean.TRUE.equals(tool.strict()));
    }

    private void writeChoice(ToolChoice choice) {
        switch (choice.mode()) {
            case AUTO -> body.put("tool_choice", "auto");
            case NONE -> body.put("tool_choice", "none");
            case REQUIRED -> body.put("tool_choice", "required");
            case NAMED -> body.putObject("tool_choice").put("type", "function").put("name", choice.name());
        }
    }

    private void writeFormat() {
        if (request.format() instanceof ResponseFormat.Json) {
            body.putObject("text").putObject("format").put("type", "json_object");
        } else if (request.format() instanceof ResponseFormat.JsonSchema format) {
            ObjectNode written = body.putObject("text").putObject("format").put("type", "json_schema");
            written.put("name", format.name() == null ? "answer" : format.name());
            if (format.description() != null) {
                written.put("description", format.description());
            }
            written.set("schema", format.schema());
            written.put("strict", Boolean.TRUE.equals(format.strict()));
        }
    }

    /** Nothing is stored, so the reasoning itself is asked for: the next turn of a tool loop needs it. */
    private void writeReasoning() {
        if (request.effort() == null || !target.supports(UnsupportedParameter.EFFORT)) {
            return;
        }
        body.putObject("reasoning").put("effort", effort(request.effort()));
        if (request.effort() != Effort.NONE) {
            body.withArrayProperty("include").add("reasoning.encrypted_content");
        }
    }

    private void writeLogprobs() {
        if (request.logprobs() == null) {
            return;
        }
        body.withArrayProperty("include").add(ResponsesRequestReader.LOGPROBS);
        if (request.logprobs() > 0) {
            body.put("top_logprobs", request.logprobs());
        }
    }

    private void put(String field, Object value) {
        if (value != null) {
            body.set(field, Json.of(value));
        }
    }

    /** A level's word: this format has none for the highest. */
    static String effort(Effort level) {
        return (level == Effort.MAX ? Effort.XHIGH : level).name().toLowerCase(Locale.ROOT);
    }
}
