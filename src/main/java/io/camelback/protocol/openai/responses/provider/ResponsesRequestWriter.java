package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.protocol.feature.RequiredFeatures;

/**
 * Writes a request for one target: the caller's own body where it was received in this dialect, else one made of the
 * neutral request. Either is then fitted to what the target takes.
 */
final class ResponsesRequestWriter {
    private ResponsesRequestWriter() {}

    static ObjectNode write(ChatRequest request, ProviderModel target, boolean stream) {
        RequiredFeatures.check(request, target);
        ChatRequest.Original original = request.original();
        boolean passThrough = original != null && ProtocolNames.RESPONSES.equals(original.dialect());
        ObjectNode body = passThrough
                ? ResponsesPassThrough.body(original.body(), target)
                : ResponsesRequestMapper.of(request, target);
        body.put("model", target.model());
        if (stream || body.has("stream")) {
            body.put("stream", stream);
        }
        if (!stream || !target.supports(UnsupportedParameter.STREAM_OPTIONS)) {
            body.remove("stream_options");
        }
        if (!JsonNodes.has(body, "store")) {
            body.put("store", false);
        }
        ResponsesRequestAdapter.fit(body, target);
        return body;
    }
}
