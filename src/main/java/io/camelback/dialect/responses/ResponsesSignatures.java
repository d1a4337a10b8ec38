package io.camelback.dialect.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Json;
import io.camelback.dialect.Signatures;
import io.camelback.dialect.Wire;
import io.camelback.dialect.openai.OpenAiDialect;
import java.util.function.UnaryOperator;

/** The {@code encrypted_content} of a {@code reasoning} item. */
final class ResponsesSignatures implements Signatures {
    static final ResponsesSignatures INSTANCE = new ResponsesSignatures();

    private ResponsesSignatures() { }

    @Override
    public String home() {
        return OpenAiDialect.NAME;
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
            answer = changed == item ? answer : Wire.with(answer, "item", changed);
        }
        if (answer.get("response") instanceof ObjectNode response) {
            ObjectNode changed = items(response, "output", change);
            answer = changed == response ? answer : Wire.with(answer, "response", changed);
        }
        return answer;
    }

    private static ObjectNode items(ObjectNode body, String field, UnaryOperator<String> change) {
        if (!(body.get(field) instanceof ArrayNode items)) {
            return body;
        }
        ArrayNode changed = Wire.map(items, item -> item(item, change));
        return changed == items ? body : Wire.with(body, field, changed);
    }

    private static ObjectNode item(ObjectNode item, UnaryOperator<String> change) {
        String held = item.path("type").asText().equals("reasoning") ? Json.string(item, "encrypted_content") : null;
        if (held == null || held.isEmpty() || ReasoningState.isForeign(held)) {
            return item;
        }
        String changed = change.apply(held);
        return changed.equals(held) ? item : Wire.with(item, "encrypted_content", changed);
    }
}
