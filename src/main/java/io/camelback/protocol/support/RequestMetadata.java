package io.camelback.protocol.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.json.Json;
import java.util.Set;

/** {@code metadata}: the caller's labels, among them hints for our own routing, which are nobody else's. */
public final class RequestMetadata {
    private static final Set<String> OUR_HINTS = Set.of("task_type", "affected_files");

    private RequestMetadata() {}

    /**
     * Labels are strings; numbers and booleans are taken as such, because routing hints are written that way; lists and
     * objects, which clients of other gateways send, are nobody's label.
     */
    public static void read(RequestFields fields, ChatRequestBuilder request) {
        RequestFields metadata = fields.object("metadata");
        if (metadata == null) {
            return;
        }
        metadata.node().properties().forEach(label -> {
            JsonNode value = label.getValue();
            if (!value.isNull() && !value.isContainerNode()) {
                request.metadata(label.getKey(), value.asText());
            }
        });
    }

    /** Whether a label is for our own routing and nobody else's. */
    public static boolean isHint(String label) {
        return OUR_HINTS.contains(label) || label.startsWith("camelback");
    }

    /** Leaves the routing hints out of a body that goes on to OpenAI, which takes strings only. */
    public static void withoutHints(ObjectNode body) {
        if (!(body.get("metadata") instanceof ObjectNode given)) {
            return;
        }
        ObjectNode kept = Json.object();
        given.properties().forEach(label -> {
            if (!isHint(label.getKey())
                    && !label.getValue().isContainerNode()
                    && !label.getValue().isNull()) {
                kept.set(
                        label.getKey(),
                        label.getValue().isTextual()
                                ? label.getValue()
                                : Json.of(label.getValue().asText()));
            }
        });
        if (kept.isEmpty()) {
            body.remove("metadata");
        } else if (!kept.equals(given)) {
            body.set("metadata", kept);
        }
    }
}
