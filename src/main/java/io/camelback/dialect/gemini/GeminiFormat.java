package io.camelback.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ResponseFormat;
import io.camelback.dialect.Json;
import io.camelback.dialect.Refusal;
import io.camelback.dialect.Target;

/**
 * How the form of the answer is asked for. Before generation 3 a JSON answer and tools exclude each other (400): then the form
 * is asked for in words.
 *
 * @param json        whether JSON mode is set
 * @param schema      the schema to send; null when none
 * @param instruction what the system text must say; empty when nothing
 */
record GeminiFormat(boolean json, ObjectNode schema, String instruction) {
    private static final GeminiFormat TEXT = new GeminiFormat(false, null, "");
    static final String JSON_ONLY = "Answer with one JSON object and nothing else: no prose, no code fence.";
    private static final String VALID = " It must be valid against this JSON Schema:\n";

    static GeminiFormat of(ResponseFormat format, Target target, GeminiModel model, boolean tools) {
        if (format == null) {
            return TEXT;
        }
        boolean json = target.takes(Refusal.JSON_MODE) && (!tools || model.modern());
        if (format instanceof ResponseFormat.JsonSchema wanted && wanted.schema() != null) {
            return json && target.takes(Refusal.JSON_SCHEMA)
                    ? new GeminiFormat(true, GeminiSchema.adapt(wanted.schema()), "")
                    : new GeminiFormat(json, null, valid(JSON_ONLY, wanted.schema()));
        }
        return new GeminiFormat(json, null, json ? "" : JSON_ONLY);
    }

    /** Asks in words for an answer that obeys a schema. */
    static String valid(String what, JsonNode schema) {
        return what + VALID + Json.text(schema);
    }
}
