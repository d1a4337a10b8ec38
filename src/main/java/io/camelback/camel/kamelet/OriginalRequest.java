package io.camelback.camel.kamelet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.config.Deployment;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.support.RequestMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Whether a provider got what the caller sent: only then is its refusal a word on the caller's request. One that was
 * translated, fitted, or sent to another maker's server of the same format may be refused for what we wrote, or for
 * what that server lacks.
 */
final class OriginalRequest {
    /** Who makes each format. */
    private static final Map<String, String> MAKERS = Map.of(
            "openai", "openai",
            "responses", "openai",
            "anthropic", "anthropic",
            "gemini", "gemini");
    /** What a gateway must say itself. */
    private static final List<String> OURS = List.of("model", "stream", "stream_options", "store");

    private OriginalRequest() {}

    /** @param body as it went out */
    static boolean reached(ChatRequest request, String format, Deployment deployment, byte[] body) {
        ChatRequest.Original original = request.original();
        if (original == null
                || !original.dialect().equals(format)
                || !deployment.provider().name().equals(MAKERS.get(format))) {
            return false;
        }
        try {
            return withoutOurs(original.body()).equals(withoutOurs((ObjectNode) Json.read(body)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode withoutOurs(ObjectNode body) {
        ObjectNode rest = JsonNodes.copy(body);
        RequestMetadata.withoutHints(rest);
        return rest.remove(OURS);
    }
}
