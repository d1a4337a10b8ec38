package io.camelback.dialect.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.dialect.Demands;
import io.camelback.dialect.Json;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;
import io.camelback.dialect.Wire;

/**
 * Writes a request for one target: the caller's own body where it was received in this dialect, else one made of the neutral
 * request. Either is then fitted to what the target takes.
 */
final class OpenAiRequestWriter {
    private OpenAiRequestWriter() { }

    static ObjectNode write(ChatRequest request, Target target, boolean stream) {
        Demands.check(request, target);
        ChatRequest.Original original = request.original();
        boolean passThrough = original != null && OpenAiDialect.NAME.equals(original.dialect());
        ObjectNode body = passThrough ? PassThrough.body(original.body(), target) : NeutralRequest.body(request, target);
        body.put("model", target.model());
        setStream(body, target, stream);
        RequestFit.fit(body, target);
        return body;
    }

    private static void setStream(ObjectNode body, Target target, boolean stream) {
        if (stream || body.has("stream")) {
            body.put("stream", stream);
        }
        if (stream && target.takes(Refusal.STREAM_OPTIONS)) {
            ObjectNode options = body.get("stream_options") instanceof ObjectNode given ? Wire.copy(given) : Json.object();
            body.set("stream_options", options.put("include_usage", true));
        } else {
            body.remove("stream_options");
        }
    }
}
