package io.camelback.protocol.gemini.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.SignatureLocator;
import io.camelback.protocol.gemini.ForeignThinkingCarrier;
import io.camelback.protocol.gemini.GeminiFields;
import java.util.List;
import java.util.function.UnaryOperator;

/** The {@code thoughtSignature} of any part. */
final class GeminiSignatureLocator implements SignatureLocator {
    static final GeminiSignatureLocator INSTANCE = new GeminiSignatureLocator();
    private static final String FOREIGN = ForeignThinkingCarrier.pack(List.of(new Part.Thinking("", null, null, null)));

    private GeminiSignatureLocator() {}

    @Override
    public String home() {
        return ProtocolNames.GEMINI;
    }

    @Override
    public String foreign() {
        return FOREIGN;
    }

    @Override
    public ObjectNode inRequest(ObjectNode body, UnaryOperator<String> change) {
        return JsonNodes.mapArray(body, "contents", content -> parts(content, change));
    }

    @Override
    public ObjectNode inAnswer(ObjectNode body, UnaryOperator<String> change) {
        return JsonNodes.mapArray(
                body,
                "candidates",
                candidate -> JsonNodes.mapObject(candidate, "content", content -> parts(content, change)));
    }

    private static ObjectNode parts(ObjectNode content, UnaryOperator<String> change) {
        return JsonNodes.mapArray(content, "parts", part -> part(part, change));
    }

    private static ObjectNode part(ObjectNode part, UnaryOperator<String> change) {
        String field = GeminiFields.key(part, "thoughtSignature");
        String held = Json.string(part, field);
        if (held == null
                || held.isEmpty()
                || ForeignThinkingCarrier.isMarked(held)
                || held.equals(GeminiContents.NO_SIGNATURE)) {
            return part;
        }
        String changed = change.apply(held);
        return changed.equals(held) ? part : JsonNodes.with(part, field, changed);
    }
}
