package io.camelback.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.dialect.Demands;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;
import io.camelback.dialect.Wire;

/**
 * Writes a request for one target: the caller's own body where it was received in this dialect, else one made of the neutral
 * request. Either is then fitted to what the target takes.
 */
final class ResponsesRequestWriter {
    private ResponsesRequestWriter() { }

    static ObjectNode write(ChatRequest request, Target target, boolean stream) {
        Demands.check(request, target);
        ChatRequest.Original original = request.original();
        boolean passThrough = original != null && ResponsesDialect.NAME.equals(original.dialect());
        ObjectNode body = passThrough ? ResponsesPassThrough.body(original.body()) : NeutralBody.of(request, target);
        body.put("model", target.model());
        if (stream || body.has("stream")) {
            body.put("stream", stream);
        }
        if (!stream || !target.takes(Refusal.STREAM_OPTIONS)) {
            body.remove("stream_options");
        }
        if (!Wire.has(body, "store")) {
            body.put("store", false);
        }
        ResponsesFit.fit(body, target);
        return body;
    }
}
