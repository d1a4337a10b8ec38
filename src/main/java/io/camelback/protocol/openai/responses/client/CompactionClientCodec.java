package io.camelback.protocol.openai.responses.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.openai.responses.ResponsesRequestReader;
import io.camelback.protocol.openai.responses.ResponsesUsage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * {@code POST /v1/responses/compact}: a long conversation becomes a short one that says the same. Where only OpenAI's
 * Responses can answer, its own compaction is asked for, which nobody else can read. Everywhere else the chain's model
 * writes a summary, with which any model can go on. The user's own messages stay as they are, the latest first.
 *
 * @see <a href="https://developers.openai.com/api/docs/guides/compaction">OpenAI's compaction</a>
 */
public final class CompactionClientCodec implements ClientCodec {
    private static final OpenAiResponsesClientCodec RESPONSES = new OpenAiResponsesClientCodec();
    private static final String INPUT = "input";
    private static final String TYPE = "type";
    private static final String TRIGGER = "compaction_trigger";
    private static final String USER = "user";
    private static final String CONTENT = "content";
    /** How much of the user's messages is kept, in characters. */
    private static final int KEPT = 80_000;

    private static final String TASK = "Summarize this conversation for another assistant that will go on with it and"
            + " knows nothing else of it. Say what the user wants; what has been done and found out; decisions and"
            + " constraints; files, commands, names and values that matter, literally; and what remains to be done."
            + " Write the summary only.";
    private static final String PREFIX = "Summary of the conversation until here, by the model that led it:\n\n";

    private final Predicate<String> encrypts;

    /** @param encrypts whether only OpenAI's Responses can answer for a model */
    public CompactionClientCodec(Predicate<String> encrypts) {
        this.encrypts = encrypts;
    }

    /** {@code responses}, whose providers get the request as it came. */
    @Override
    public String name() {
        return ProtocolNames.RESPONSES;
    }

    @Override
    public ChatRequest readRequest(ObjectNode body) {
        ObjectNode request = JsonNodes.without(body, "stream", "tools", "tool_choice", "parallel_tool_calls", "text");
        ArrayNode input = Json.object().arrayNode();
        if (body.get(INPUT) instanceof ArrayNode items) {
            input.addAll(items);
        } else if (body.path(INPUT).isTextual()) {
            input.add(message(body.get(INPUT)));
        }
        if (input.isEmpty()) {
            throw new InvalidRequestException(INPUT, "`input` is required: the items of the conversation.");
        }
        if (encrypts.test(body.path("model").asText())) {
            input.addObject().put(TYPE, TRIGGER);
        } else {
            input.add(message(Json.of(TASK)));
        }
        request.set(INPUT, input);
        return ResponsesRequestReader.read(request.put("store", false));
    }

    private static ObjectNode message(JsonNode text) {
        ObjectNode message = Json.object().put(TYPE, "message").put("role", USER);
        message.putArray(CONTENT).addObject().put(TYPE, "input_text").set("text", text);
        return message;
    }

    @Override
    public ObjectNode writeAnswer(ChatAnswer answer, ChatRequest request, String requestId) {
        JsonNode input = request.original().body().path(INPUT);
        ArrayNode output = kept(input);
        if (input.path(input.size() - 1).path(TYPE).asText().equals(TRIGGER)) {
            output.addAll(compacted(answer));
        } else {
            output.add(message(Json.of(PREFIX + summary(answer))));
        }
        ObjectNode body = Json.object()
                .put("id", new AnswerIds(requestId).response())
                .put("object", "response.compaction")
                .put("created_at", answer.created());
        body.set("output", output);
        if (answer.usage() != null) {
            body.set("usage", ResponsesUsage.write(answer.usage()));
        }
        return body;
    }

    private static List<JsonNode> compacted(ChatAnswer answer) {
        List<JsonNode> items = new ArrayList<>();
        if (answer.original() != null && answer.original().dialect().equals(ProtocolNames.RESPONSES)) {
            answer.original().body().path("output").forEach(item -> {
                if (item.path(TYPE).asText().startsWith("compaction")) {
                    items.add(item);
                }
            });
        }
        if (items.isEmpty()) {
            throw nothing();
        }
        return items;
    }

    private static String summary(ChatAnswer answer) {
        if (answer.text().isBlank()) {
            throw nothing();
        }
        return answer.text();
    }

    private static InvalidRequestException nothing() {
        return new InvalidRequestException(GatewayError.of(
                502, "upstream_error", "The model has not compacted the conversation. Send the request again."));
    }

    /** The user's messages, without the task that stands behind them; the latest, as far as there is room. */
    private static ArrayNode kept(JsonNode input) {
        List<JsonNode> messages = new ArrayList<>();
        int room = KEPT;
        for (int i = input.size() - 2; i >= 0; i--) {
            JsonNode item = input.get(i);
            boolean said = item.path("role").asText().equals(USER)
                    && item.path(TYPE).asText("message").equals("message");
            if (said) {
                room -= Json.text(item.path(CONTENT)).length();
                if (room < 0) {
                    break;
                }
                messages.add(
                        item.path(CONTENT).isTextual()
                                ? message(item.get(CONTENT))
                                : ((ObjectNode) item).deepCopy().put(TYPE, "message"));
            }
        }
        Collections.reverse(messages);
        return Json.object().arrayNode().addAll(messages);
    }

    /** Never asked for: nothing of this is streamed. */
    @Override
    public StreamWriter streamWriter(ChatRequest request, String requestId, long created) {
        return RESPONSES.streamWriter(request, requestId, created);
    }

    @Override
    public ObjectNode writeError(GatewayError error, String requestId) {
        return RESPONSES.writeError(error, requestId);
    }
}
