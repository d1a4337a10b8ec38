package io.camelback.simulator.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.simulator.protocol.ResponseStep.End;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Everything but a model's answer: the list of models in the dialect of who asks (docs/wire-formats.md 6), and 404. */
public final class ModelListEndpoint {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private ModelListEndpoint() {}

    public static List<ResponseStep> steps(RecordedRequest request, List<String> models) {
        boolean list = request.method().equals("GET")
                && request.path().replaceAll("/+$", "").endsWith("/models");
        ObjectNode body = list ? models(request, models) : unknown(request);
        return new ResponseScript()
                .whole(list ? 200 : 404, JSON, Json.text(body).getBytes(StandardCharsets.UTF_8))
                .end(End.KEEP);
    }

    private static ObjectNode models(RecordedRequest request, List<String> models) {
        if (request.header("anthropic-version") != null) {
            return anthropic(models);
        }
        return request.path().contains("/v1beta/models") || request.header("x-goog-api-key") != null
                ? gemini(models)
                : openAi(models);
    }

    private static ObjectNode openAi(List<String> models) {
        ObjectNode body = Json.object().put("object", "list");
        ArrayNode data = body.putArray("data");
        models.forEach(model -> data.addObject()
                .put("id", model)
                .put("object", "model")
                .put("created", 1_767_225_600L)
                .put("owned_by", "camelback-lab"));
        return body;
    }

    private static ObjectNode anthropic(List<String> models) {
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        models.forEach(model -> data.addObject()
                .put("type", "model")
                .put("id", model)
                .put("display_name", model)
                .put("created_at", "2026-01-01T00:00:00Z"));
        return body.put("has_more", false)
                .put("first_id", models.isEmpty() ? null : models.get(0))
                .put("last_id", models.isEmpty() ? null : models.get(models.size() - 1));
    }

    private static ObjectNode gemini(List<String> models) {
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("models");
        models.forEach(model -> data.addObject()
                .put("name", "models/" + model)
                .put("displayName", model)
                .putArray("supportedGenerationMethods")
                .add("generateContent"));
        return body;
    }

    private static ObjectNode unknown(RecordedRequest request) {
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("message", "Invalid URL (" + request.method() + " " + request.path() + ")")
                .put("type", "invalid_request_error")
                .putNull("param")
                .putNull("code");
        return body;
    }
}
