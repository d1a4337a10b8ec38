package io.camelback.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Instructions;
import io.camelback.dialect.Json;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;
import io.camelback.dialect.Wire;

/** Fits the conversation to a target. Items without anything the target refuses stay the very same nodes. Used once. */
final class ItemFit {
    private final Target target;
    private boolean opened;

    ItemFit(Target target) {
        this.target = target;
    }

    ArrayNode fit(ArrayNode items) {
        ArrayNode fitted = Wire.map(items, this::fit);
        JsonNode last = fitted.path(fitted.size() - 1);
        if (last.path("role").asText().equals("assistant") && !target.takes(Refusal.PREFILL)) {
            fitted = Wire.array().addAll(fitted).add(user(Instructions.GO_ON));
        }
        return fitted;
    }

    private ObjectNode fit(ObjectNode item) {
        String role = item.path("role").asText();
        boolean system = role.equals("system") || role.equals("developer");
        if (system && opened && !target.takes(Refusal.LATE_SYSTEM)) {
            return user(Instructions.late(text(item.path("content"))));
        }
        opened |= !system;
        return role.equals("developer") && !target.takes(Refusal.DEVELOPER_ROLE) ? Wire.with(item, "role", "system") : item;
    }

    private static ObjectNode user(String text) {
        return Json.object().put("role", "user").put("content", text);
    }

    private static String text(JsonNode content) {
        return content.isTextual() ? content.textValue() : String.join("\n\n", content.findValuesAsText("text"));
    }
}
