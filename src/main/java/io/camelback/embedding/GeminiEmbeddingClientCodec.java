package io.camelback.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.embedding.EmbeddingRequest.Input;
import io.camelback.json.Json;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.support.SurrogateSanitizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The client side of Google's {@code embedContent} and {@code batchEmbedContents}. Stateless. */
public final class GeminiEmbeddingClientCodec {
    private static final int MOST_DIMENSIONS = 100_000;

    /**
     * Reads a request.
     *
     * @param model as the path names it
     * @param batch whether the path says {@code batchEmbedContents}
     * @throws InvalidRequestException naming the field that is missing or mistyped, or that differs among the requests
     *     of a batch
     */
    public EmbeddingRequest readRequest(ObjectNode received, String model, boolean batch) {
        ObjectNode body = SurrogateSanitizer.replaceIn(received);
        List<ObjectNode> requests = batch ? requests(body) : List.of(body);
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            inputs.add(new Input.Text(text(requests.get(i), batch ? "requests[" + i + "]." : "")));
        }
        ObjectNode first = requests.get(0);
        Integer dimensions = dimensions(first);
        String task = Json.string(first, "taskType");
        for (ObjectNode other : requests) {
            if (!Objects.equals(dimensions(other), dimensions)
                    || !Objects.equals(Json.string(other, "taskType"), task)) {
                throw new InvalidRequestException(
                        "requests", "requests must all have the same outputDimensionality and taskType here");
            }
        }
        return new EmbeddingRequest(model, inputs, dimensions, false, null, task, null);
    }

    private static List<ObjectNode> requests(ObjectNode body) {
        List<ObjectNode> requests = new ArrayList<>();
        for (JsonNode request : body.path("requests")) {
            if (request instanceof ObjectNode object) {
                requests.add(object);
            }
        }
        if (requests.isEmpty() || requests.size() != body.path("requests").size()) {
            throw new InvalidRequestException("requests", "requests is required: an array of at least one object");
        }
        return requests;
    }

    private static String text(ObjectNode request, String path) {
        List<String> texts = new ArrayList<>();
        for (JsonNode part : request.path("content").path("parts")) {
            String text = Json.string(part, "text");
            if (text == null) {
                throw new InvalidRequestException(path + "content", path + "content may have parts of text only");
            }
            texts.add(text);
        }
        String text = String.join("\n", texts);
        if (text.isEmpty()) {
            throw new InvalidRequestException(
                    path + "content", path + "content is required, with a part of text that is not empty");
        }
        return text;
    }

    private static Integer dimensions(ObjectNode request) {
        JsonNode value = request.path("outputDimensionality");
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isInt() || value.intValue() < 1 || value.intValue() > MOST_DIMENSIONS) {
            throw new InvalidRequestException(
                    "outputDimensionality", "outputDimensionality must be a whole number from 1 on");
        }
        return value.intValue();
    }

    /** @param batch as the request said */
    public ObjectNode writeAnswer(EmbeddingAnswer answer, boolean batch) {
        ObjectNode body = Json.object();
        if (batch) {
            ArrayNode all = body.putArray("embeddings");
            answer.vectors().forEach(vector -> all.addObject().set("values", VectorEncoding.write(vector, false)));
        } else {
            body.putObject("embedding")
                    .set("values", VectorEncoding.write(answer.vectors().get(0), false));
        }
        if (answer.usage() != null) {
            body.putObject("usageMetadata")
                    .put("promptTokenCount", answer.usage().input());
        }
        return body;
    }
}
