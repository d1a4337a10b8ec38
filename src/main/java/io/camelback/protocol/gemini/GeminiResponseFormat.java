package io.camelback.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ResponseFormat;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;

/**
 * How the form of the answer is asked for. Before generation 3 a JSON answer and tools exclude each other (400): then
 * the form is asked for in words.
 *
 * @param json whether JSON mode is set
 * @param schema the schema to send; null when none
 * @param instruction what the system text must say; empty when nothing
 */
public record GeminiResponseFormat(boolean json, ObjectNode schema, String instruction) {
    private static final GeminiResponseFormat TEXT = new GeminiResponseFormat(false, null, "");
    public static final String JSON_ONLY = "Answer with one JSON object and nothing else: no prose, no code fence.";
    private static final String VALID = " It must be valid against this JSON Schema:\n";

    public static GeminiResponseFormat of(
            ResponseFormat format, ProviderModel target, GeminiModelTraits model, boolean tools) {
        if (format == null) {
            return TEXT;
        }
        boolean json = target.supports(UnsupportedParameter.JSON_MODE) && (!tools || model.modern());
        if (format instanceof ResponseFormat.JsonSchema wanted && wanted.schema() != null) {
            return json && target.supports(UnsupportedParameter.JSON_SCHEMA)
                    ? new GeminiResponseFormat(true, GeminiSchema.adapt(wanted.schema()), "")
                    : new GeminiResponseFormat(json, null, valid(JSON_ONLY, wanted.schema()));
        }
        return new GeminiResponseFormat(json, null, json ? "" : JSON_ONLY);
    }

    /** Asks in words for an answer that obeys a schema. */
    public static String valid(String what, JsonNode schema) {
        return what + VALID + Json.text(schema);
    }
}
