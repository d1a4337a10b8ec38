package io.camelback.simulator.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * OpenAI's Responses: docs/wire-formats.md 2.1, 2.3. Reasoning is summed up, and encrypted as with {@code store:
 * false}.
 */
final class ResponsesAnswerFormatter implements AnswerFormatter {
    private static final long CREATED = 1_767_225_600L;
    private static final String ENCRYPTED = "gAAAAABzaW11bGF0ZWQgcmVhc29uaW5n";
    private static final AnswerFormatter CHAT = new OpenAiChatAnswerFormatter();

    @Override
    public byte[] json(SimulatedRequest asked, SimulatedCompletion said) {
        ObjectNode response = response(asked, said.finish() == null ? "completed" : "incomplete");
        ArrayNode output = response.putArray("output");
        items(asked, said).forEach(output::add);
        return Json.bytes(ended(response, said));
    }

    @Override
    public List<StreamFrame> frames(SimulatedRequest asked, SimulatedCompletion said) {
        return new ResponsesEventFormatter(asked, said).frames();
    }

    @Override
    public Map<String, String> headers(SimulatedRequest asked) {
        return CHAT.headers(asked);
    }

    @Override
    public String error(int status, String model, String retryAfter) {
        return CHAT.error(status, model, retryAfter);
    }

    @Override
    public String errorEvent(SimulatedRequest asked, int status) {
        ObjectNode response = response(asked, "failed");
        JsonNode error = ProviderErrorBodies.openAi(status, asked.model()).path("error");
        String code = error.path("code").asText("null").equals("null")
                ? "server_error"
                : error.path("code").asText();
        response.putObject("error")
                .put("code", code)
                .put("message", error.path("message").asText());
        return ResponsesEventFormatter.text(Json.object()
                .put("type", "response.failed")
                .put("sequence_number", 999)
                .set("response", response));
    }

    @Override
    public String ping() {
        return ": keep-alive\n\n";
    }

    @Override
    public boolean mayCallTools(SimulatedRequest asked) {
        JsonNode input = asked.body().path("input");
        JsonNode last = input.path(input.size() - 1);
        return !asked.body().path("tools").isEmpty()
                && (input.isTextual() || last.path("role").asText().equals("user"));
    }

    @Override
    public int toolResults(SimulatedRequest asked) {
        int count = 0;
        for (JsonNode item : asked.body().path("input")) {
            count += item.path("type").asText().endsWith("_call_output") ? 1 : 0;
        }
        return count;
    }

    /** Without output. */
    static ObjectNode response(SimulatedRequest asked, String status) {
        ObjectNode response = Json.object()
                .put("id", "resp_sim_" + asked.number())
                .put("object", "response")
                .put("created_at", CREATED)
                .put("status", status)
                .putNull("error")
                .putNull("incomplete_details")
                .put("model", asked.model())
                .put("parallel_tool_calls", true)
                .put("tool_choice", "auto");
        response.putArray("output");
        response.set(
                "tools", asked.body().path("tools").isArray() ? asked.body().get("tools") : response.arrayNode());
        for (String field : List.of("instructions", "temperature", "top_p", "reasoning", "text")) {
            response.set(
                    field,
                    asked.body().path(field).isMissingNode()
                            ? NullNode.getInstance()
                            : asked.body().get(field));
        }
        response.putObject("metadata");
        return response.put("store", asked.body().path("store").asBoolean(true)).putNull("usage");
    }

    static ObjectNode ended(ObjectNode response, SimulatedCompletion said) {
        if (said.finish() != null) {
            response.putObject("incomplete_details").put("reason", said.finish());
        }
        if (said.reported()) {
            response.set("usage", usage(said.usage()));
        }
        return response;
    }

    /** What the model says, each item whole. */
    static List<ObjectNode> items(SimulatedRequest asked, SimulatedCompletion said) {
        List<ObjectNode> items = new ArrayList<>();
        if (!said.reasoning().isEmpty()) {
            ObjectNode item = item("reasoning", id("rs", asked, items.size()));
            item.putArray("summary")
                    .addObject()
                    .put("type", "summary_text")
                    .put("text", String.join("", said.reasoning()));
            items.add(item.put("encrypted_content", ENCRYPTED));
        }
        if (!said.text().isEmpty()) {
            ObjectNode item = item("message", id("msg", asked, items.size()))
                    .put("status", "completed")
                    .put("role", "assistant");
            item.putArray("content").add(part(said.text()));
            items.add(item);
        }
        for (SimulatedCompletion.ToolUse call : said.toolCalls()) {
            items.add(item("function_call", id("fc", asked, items.size()))
                    .put("status", "completed")
                    .put("call_id", "call_sim_" + asked.number() + "_" + items.size())
                    .put("name", call.name())
                    .put("arguments", call.arguments()));
        }
        return items;
    }

    static ObjectNode part(String text) {
        ObjectNode part = Json.object().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        return part;
    }

    private static ObjectNode item(String type, String id) {
        return Json.object().put("id", id).put("type", type);
    }

    private static String id(String kind, SimulatedRequest asked, int index) {
        return kind + "_sim_" + asked.number() + "_" + index;
    }

    private static ObjectNode usage(Usage usage) {
        ObjectNode node = Json.object().put("input_tokens", usage.input());
        node.putObject("input_tokens_details").put("cached_tokens", usage.cached());
        node.put("output_tokens", usage.output());
        node.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
        return node.put("total_tokens", usage.total());
    }
}
