package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.SignatureLocator;
import io.camelback.protocol.openai.responses.ReasoningState;
import java.util.function.UnaryOperator;

/** The {@code encrypted_content} of a {@code reasoning} item. */
final class ResponsesSignatureLocator implements SignatureLocator {
    static final ResponsesSignatureLocator INSTANCE = new ResponsesSignatureLocator();

    private ResponsesSignatureLocator() {}

    @Override
    public String home() {
        return ProtocolNames.OPENAI;
    }

    @Override
    public String foreign() {
        return ReasoningState.nobodys();
    }

    @Override
    public ObjectNode inRequest(ObjectNode body, UnaryOperator<String> change) {
        return items(body, "input", change);
    }

    @Override
    public ObjectNode inAnswer(ObjectNode body, UnaryOperator<String> change) {
        ObjectNode answer = items(body, "output", change);
        if (answer.get("item") instanceof ObjectNode item) {
            ObjectNode changed = item(item, change);
            answer = changed == item ? answer : JsonNodes.with(answer, "item", changed);
        }
        if (answer.get("response") instanceof ObjectNode response) {
            ObjectNode changed = items(response, "output", change);
            answer = changed == response ? answer : JsonNodes.with(answer, "response", changed);
        }
        return answer;
    }

    private static ObjectNode items(ObjectNode body, String field, UnaryOperator<String> change) {
        if (!(body.get(field) instanceof ArrayNode items)) {
            return body;
        }
        ArrayNode changed = JsonNodes.map(items, item -> item(item, change));
        return changed == items ? body : JsonNodes.with(body, field, changed);
    }

    private static ObjectNode item(ObjectNode item, UnaryOperator<String> change) {
        String held = item.path("type").asText().equals("reasoning") ? Json.string(item, "encrypted_content") : null;
        if (held == null || held.isEmpty() || ReasoningState.isForeign(held)) {
            return item;
        }
        String changed = change.apply(held);
        return changed.equals(held) ? item : JsonNodes.with(item, "encrypted_content", changed);
    }
}
