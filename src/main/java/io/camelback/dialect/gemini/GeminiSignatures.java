package io.camelback.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.dialect.Json;
import io.camelback.dialect.Signatures;
import io.camelback.dialect.Wire;
import java.util.List;
import java.util.function.UnaryOperator;

/** The {@code thoughtSignature} of any part. */
final class GeminiSignatures implements Signatures {
    static final GeminiSignatures INSTANCE = new GeminiSignatures();
    private static final String FOREIGN = GeminiCarrier.pack(List.of(new Part.Thinking("", null, null, null)));

    private GeminiSignatures() { }

    @Override
    public String home() {
        return GeminiDialect.NAME;
    }

    @Override
    public String foreign() {
        return FOREIGN;
    }

    @Override
    public ObjectNode inRequest(ObjectNode body, UnaryOperator<String> change) {
        if (!(body.get("contents") instanceof ArrayNode contents)) {
            return body;
        }
        ArrayNode changed = Wire.map(contents, content -> parts(content, change));
        return changed == contents ? body : Wire.with(body, "contents", changed);
    }

    @Override
    public ObjectNode inAnswer(ObjectNode body, UnaryOperator<String> change) {
        if (!(body.get("candidates") instanceof ArrayNode candidates)) {
            return body;
        }
        ArrayNode changed = Wire.map(candidates, candidate -> {
            if (!(candidate.get("content") instanceof ObjectNode content)) {
                return candidate;
            }
            ObjectNode marked = parts(content, change);
            return marked == content ? candidate : Wire.with(candidate, "content", marked);
        });
        return changed == candidates ? body : Wire.with(body, "candidates", changed);
    }

    private static ObjectNode parts(ObjectNode content, UnaryOperator<String> change) {
        if (!(content.get("parts") instanceof ArrayNode parts)) {
            return content;
        }
        ArrayNode changed = Wire.map(parts, part -> part(part, change));
        return changed == parts ? content : Wire.with(content, "parts", changed);
    }

    private static ObjectNode part(ObjectNode part, UnaryOperator<String> change) {
        String field = GeminiFields.key(part, "thoughtSignature");
        String held = Json.string(part, field);
        if (held == null || held.isEmpty() || GeminiCarrier.isMarked(held) || held.equals(GeminiContents.NO_SIGNATURE)) {
            return part;
        }
        String changed = change.apply(held);
        return changed.equals(held) ? part : Wire.with(part, field, changed);
    }
}
