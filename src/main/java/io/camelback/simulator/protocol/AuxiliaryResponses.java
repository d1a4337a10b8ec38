package io.camelback.simulator.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Embeddings and token counts (docs/wire-formats.md 6). The same text always has the same vector. */
final class AuxiliaryResponses {
    private static final int DIMENSIONS = 8;

    private AuxiliaryResponses() {}

    static byte[] json(SimulatedRequest asked) {
        boolean gemini = asked.dialect() instanceof GeminiAnswerFormatter;
        if (asked.kind() == SimulatedRequest.Kind.COUNT) {
            ObjectNode count = Json.object();
            if (asked.dialect() instanceof ResponsesAnswerFormatter) {
                count.put("object", "response.input_tokens");
            }
            return Json.bytes(count.put(gemini ? "totalTokens" : "input_tokens", asked.inputTokens()));
        }
        return Json.bytes(gemini ? gemini(asked.body()) : openAi(asked));
    }

    private static ObjectNode openAi(SimulatedRequest asked) {
        ObjectNode body = Json.object().put("object", "list");
        ArrayNode data = body.putArray("data");
        JsonNode input = asked.body().path("input");
        boolean many = input.isArray() && !input.path(0).isNumber();
        boolean base64 = asked.body().path("encoding_format").asText().equals("base64");
        for (int i = 0; i < (many ? input.size() : 1); i++) {
            float[] vector = vector(
                    many ? input.get(i) : input, asked.body().path("dimensions").asInt(DIMENSIONS));
            ObjectNode item = data.addObject().put("object", "embedding").put("index", i);
            item.set("embedding", base64 ? Json.of(base64(vector)) : Json.of(vector));
        }
        body.put("model", asked.model())
                .putObject("usage")
                .put("prompt_tokens", asked.inputTokens())
                .put("total_tokens", asked.inputTokens());
        return body;
    }

    private static ObjectNode gemini(JsonNode body) {
        ObjectNode answer = Json.object();
        if (body.has("requests")) {
            ArrayNode embeddings = answer.putArray("embeddings");
            body.path("requests").forEach(request -> embeddings.addObject().set("values", values(request)));
        } else {
            answer.putObject("embedding").set("values", values(body));
        }
        return answer;
    }

    private static JsonNode values(JsonNode request) {
        return Json.of(vector(
                request.path("content"), request.path("outputDimensionality").asInt(DIMENSIONS)));
    }

    private static float[] vector(JsonNode input, int dimensions) {
        int seed = Json.text(input).hashCode();
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            seed = seed * 31 + i;
            vector[i] = (seed % 1000) / 1000f;
        }
        return vector;
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vector) {
            bytes.putFloat(value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
