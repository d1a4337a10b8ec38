package io.camelback.camel.inbound;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.json.Json;
import io.camelback.protocol.InvalidRequestException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names a caller may use, as Google's clients list them: {@code GET /v1beta/models} and
 * {@code /v1beta/models/{model}}.
 */
final class GeminiModelListWriter {
    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 1000;
    private static final Pattern SIZE = Pattern.compile("(?:^|&)pageSize=([^&]*)");
    private static final Pattern TOKEN = Pattern.compile("(?:^|&)pageToken=([^&]*)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private static final String PREFIX = "models/";

    private final CamelbackConfig config;

    GeminiModelListWriter(CamelbackConfig config) {
        this.config = config;
    }

    /** @param query of the URL: {@code pageSize} and {@code pageToken} */
    ObjectNode list(Map<String, ObjectNode> models, String query) {
        int size = number(query, "pageSize", SIZE, USUAL_PAGE);
        int from = number(query, "pageToken", TOKEN, 0);
        size = size == 0 ? USUAL_PAGE : Math.min(size, LARGEST_PAGE);
        List<ObjectNode> all = List.copyOf(models.values());
        ObjectNode list = Json.object();
        ArrayNode page = list.putArray("models");
        all.stream().skip(from).limit(size).forEach(model -> page.add(model(model)));
        if (from + size < all.size()) {
            list.put("nextPageToken", String.valueOf(from + size));
        }
        return list;
    }

    private static int number(String query, String name, Pattern value, int otherwise) {
        Matcher said = value.matcher(query);
        if (!said.find() || said.group(1).isEmpty()) {
            return otherwise;
        }
        if (!NUMBER.matcher(said.group(1)).matches()) {
            throw new InvalidRequestException(
                    new GatewayError(400, "invalid_request", name + " is not one of this list's.", name, null));
        }
        return Integer.parseInt(said.group(1));
    }

    /** @param model as {@link ModelListProcessor} tells it */
    ObjectNode model(ObjectNode model) {
        String id = model.path("id").asText();
        boolean embeds = model.path("mode").asText().equals("embeddings");
        ObjectNode told = Json.object()
                .put("name", PREFIX + id)
                .put("baseModelId", id)
                .put("version", "1")
                .put("displayName", id)
                .put("description", model.path("kind").asText() + " of Camelback");
        config.deployment(id).ifPresent(deployment -> limits(told, deployment));
        ArrayNode methods = told.putArray("supportedGenerationMethods");
        (embeds
                        ? List.of("embedContent", "batchEmbedContents")
                        : List.of("generateContent", "streamGenerateContent", "countTokens"))
                .forEach(methods::add);
        return told;
    }

    private static void limits(ObjectNode told, Deployment deployment) {
        if (deployment.context() > 0) {
            told.put("inputTokenLimit", deployment.context());
        }
        if (deployment.maxOutput() > 0) {
            told.put("outputTokenLimit", deployment.maxOutput());
        }
        told.put("thinking", deployment.capabilities().contains("thinking"));
    }
}
