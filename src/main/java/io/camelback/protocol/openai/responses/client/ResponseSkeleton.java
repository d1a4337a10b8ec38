package io.camelback.protocol.openai.responses.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.openai.responses.ResponsesUsage;

/**
 * The {@code response} object with every field that OpenAI's SDKs and Codex read; what was asked for is told again in
 * it.
 */
final class ResponseSkeleton {
    private final ObjectNode asked;
    private final AnswerIds ids;
    private final long created;

    /** @param request null when it is not known */
    ResponseSkeleton(ChatRequest request, AnswerIds ids, long created) {
        ChatRequest.Original original = request == null ? null : request.original();
        boolean known = original != null && ProtocolNames.RESPONSES.equals(original.dialect());
        this.asked = known ? original.body() : Json.object();
        this.ids = ids;
        this.created = created;
    }

    AnswerIds ids() {
        return ids;
    }

    ObjectNode inProgress(String model) {
        return write(model, "in_progress", null, null, JsonNodes.array(), null);
    }

    /** @param incomplete why it is not complete; null when it is. @param usage null when unknown */
    ObjectNode done(String model, String incomplete, ArrayNode output, Usage usage) {
        return write(model, incomplete == null ? "completed" : "incomplete", null, incomplete, output, usage);
    }

    ObjectNode failed(String model, GatewayError error, String message, ArrayNode output) {
        return write(model, "failed", ResponsesErrorJson.write(error, message), null, output, null);
    }

    private ObjectNode write(
            String model, String status, ObjectNode error, String incomplete, ArrayNode output, Usage usage) {
        ObjectNode response = Json.object()
                .put("id", ids.response())
                .put("object", "response")
                .put("created_at", created)
                .put("status", status)
                .put("background", false);
        response.set("error", error == null ? NullNode.getInstance() : error);
        response.set(
                "incomplete_details",
                incomplete == null ? NullNode.getInstance() : Json.object().put("reason", incomplete));
        echo(response, "instructions", null);
        echo(response, "max_output_tokens", null);
        response.put("model", model);
        response.set("output", output);
        echo(response, "parallel_tool_calls", Json.of(true));
        response.putNull("previous_response_id");
        response.set(
                "reasoning", merged("reasoning", Json.object().putNull("effort").putNull("summary")));
        response.put("store", false);
        echo(response, "temperature", null);
        response.set(
                "text", merged("text", Json.object().set("format", Json.object().put("type", "text"))));
        echo(response, "tool_choice", Json.of("auto"));
        echo(response, "tools", JsonNodes.array());
        echo(response, "top_p", null);
        echo(response, "truncation", Json.of("disabled"));
        response.set("usage", usage == null ? NullNode.getInstance() : ResponsesUsage.write(usage));
        echo(response, "user", null);
        echo(response, "metadata", Json.object());
        return response;
    }

    private void echo(ObjectNode response, String field, JsonNode missing) {
        JsonNode fallback = missing == null ? NullNode.getInstance() : missing;
        response.set(field, JsonNodes.has(asked, field) ? asked.get(field) : fallback);
    }

    private ObjectNode merged(String field, ObjectNode defaults) {
        return asked.get(field) instanceof ObjectNode given ? defaults.setAll(given) : defaults;
    }
}
