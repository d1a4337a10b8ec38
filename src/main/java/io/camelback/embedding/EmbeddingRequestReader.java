package io.camelback.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.embedding.EmbeddingRequest.Input;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.support.RequestFields;
import io.camelback.protocol.support.SurrogateSanitizer;
import java.util.ArrayList;
import java.util.List;

/** Reads an embedding request of a client, as strictly as OpenAI does. */
final class EmbeddingRequestReader {
    private static final int MOST_INPUTS = 2048;
    private static final String INPUT = "input";

    private EmbeddingRequestReader() {}

    static EmbeddingRequest read(ObjectNode received) {
        ObjectNode body = SurrogateSanitizer.replaceIn(received);
        RequestFields fields = new RequestFields(body, "");
        String model = fields.string("model");
        if (model == null || model.isBlank()) {
            throw new InvalidRequestException("model", "model is required: the name of a deployment or an alias");
        }
        String encoding = fields.string("encoding_format");
        if (encoding != null && !encoding.equals("float") && !encoding.equals("base64")) {
            throw fields.invalid("encoding_format", "must be float or base64");
        }
        Long dimensions = fields.whole("dimensions", 1, Integer.MAX_VALUE);
        return new EmbeddingRequest(
                model,
                inputs(fields),
                dimensions == null ? null : Integer.valueOf(dimensions.intValue()),
                "base64".equals(encoding),
                fields.string("user"),
                body);
    }

    /** A text, texts, a text as tokens, or several of those. */
    private static List<Input> inputs(RequestFields fields) {
        JsonNode input = fields.get(INPUT);
        if (input == null || !input.isTextual() && !input.isArray() || input.isArray() && input.isEmpty()) {
            throw fields.invalid(INPUT, "is required: a string, or an array of at least one string or of tokens");
        }
        if (input.isTextual() || input.get(0).isNumber()) {
            return List.of(input(input, INPUT));
        }
        if (input.size() > MOST_INPUTS) {
            throw fields.invalid(INPUT, "must have at most " + MOST_INPUTS + " items");
        }
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            if (input.get(i).getNodeType() != input.get(0).getNodeType()) {
                throw fields.invalid(INPUT, "must hold either strings or arrays of tokens");
            }
            inputs.add(input(input.get(i), INPUT + "[" + i + "]"));
        }
        return inputs;
    }

    private static Input input(JsonNode value, String path) {
        if (value.isTextual() && !value.textValue().isEmpty()) {
            return new Input.Text(value.textValue());
        }
        if (!value.isArray() || value.isEmpty()) {
            throw new InvalidRequestException(path, path + " must be a string or an array of tokens, and not empty");
        }
        List<Integer> ids = new ArrayList<>(value.size());
        for (JsonNode id : value) {
            if (!id.isInt() || id.intValue() < 0) {
                throw new InvalidRequestException(path, path + " must hold whole numbers from 0 on, each a token");
            }
            ids.add(id.intValue());
        }
        return new Input.Tokens(ids);
    }
}
