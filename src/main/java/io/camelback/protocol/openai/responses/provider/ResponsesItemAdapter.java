package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.support.PromptInstructions;

/** Fits the conversation to a target. Items without anything the target refuses stay the very same nodes. Used once. */
final class ResponsesItemAdapter {
    private final ProviderModel target;
    private boolean opened;

    ResponsesItemAdapter(ProviderModel target) {
        this.target = target;
    }

    ArrayNode fit(ArrayNode items) {
        ArrayNode fitted = JsonNodes.map(items, this::fit);
        JsonNode last = fitted.path(fitted.size() - 1);
        if (last.path("role").asText().equals("assistant") && !target.supports(UnsupportedParameter.PREFILL)) {
            fitted = JsonNodes.array().addAll(fitted).add(user(PromptInstructions.GO_ON));
        }
        return fitted;
    }

    private ObjectNode fit(ObjectNode item) {
        String role = item.path("role").asText();
        boolean system = role.equals("system") || role.equals("developer");
        if (system && opened && !target.supports(UnsupportedParameter.LATE_SYSTEM)) {
            return user(PromptInstructions.late(text(item.path("content"))));
        }
        opened |= !system;
        return role.equals("developer") && !target.supports(UnsupportedParameter.DEVELOPER_ROLE)
                ? JsonNodes.with(item, "role", "system")
                : item;
    }

    private static ObjectNode user(String text) {
        return Json.object().put("role", "user").put("content", text);
    }

    private static String text(JsonNode content) {
        return content.isTextual() ? content.textValue() : String.join("\n\n", content.findValuesAsText("text"));
    }
}
