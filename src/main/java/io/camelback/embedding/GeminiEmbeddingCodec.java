package io.camelback.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Gemini's {@code batchEmbedContents}, for all inputs of a request at once. Stateless. Vectors are given back as they
 * came: those of fewer dimensions than the model's own are not normalised.
 *
 * @see <a href="https://ai.google.dev/api/embeddings">Gemini API: embeddings</a>
 */
public final class GeminiEmbeddingCodec {
    /** More in one batch are answered with 400; {@link EmbeddingRequest#split} makes parts of a larger request. */
    public static final int MOST_INPUTS = 100;

    private static final String PREFIX = "models/";

    /**
     * The URL path below the API version ({@code v1beta/}).
     *
     * @param model the provider's name for it, with or without {@code models/}
     */
    public static String path(String model) {
        String encoded = URLEncoder.encode(bare(model), StandardCharsets.UTF_8).replace("+", "%20");
        return PREFIX + encoded + ":batchEmbedContents";
    }

    private static String bare(String model) {
        return model.startsWith(PREFIX) ? model.substring(PREFIX.length()) : model;
    }

    /**
     * @throws UnsupportedFeatureException for tokens, which Gemini does not take, and for more than
     *     {@link #MOST_INPUTS} inputs
     */
    public ObjectNode writeRequest(EmbeddingRequest request, ProviderModel target) {
        if (request.inputs().size() > MOST_INPUTS) {
            throw new UnsupportedFeatureException("more than " + MOST_INPUTS + " inputs");
        }
        ObjectNode body = Json.object();
        ArrayNode requests = body.putArray("requests");
        for (EmbeddingRequest.Input input : request.inputs()) {
            if (!(input instanceof EmbeddingRequest.Input.Text text)) {
                throw new UnsupportedFeatureException("input as tokens");
            }
            ObjectNode one = requests.addObject().put("model", PREFIX + bare(target.model()));
            one.putObject("content").putArray("parts").addObject().put("text", text.text());
            if (request.task() != null) {
                one.put("taskType", request.task());
            }
            if (request.dimensions() != null) {
                one.put("outputDimensionality", request.dimensions());
            }
        }
        return body;
    }

    /**
     * Reads an answer. Gemini names no model in it.
     *
     * @throws io.camelback.protocol.MalformedResponseException when it is none, or does not answer this request
     */
    public EmbeddingAnswer readAnswer(ObjectNode body, EmbeddingRequest request, ProviderModel target) {
        List<float[]> vectors = new ArrayList<>();
        for (JsonNode embedding : body.path("embeddings")) {
            vectors.add(VectorEncoding.read(embedding.path("values")));
        }
        VectorEncoding.check(vectors, request);
        JsonNode usage = body.path("usageMetadata");
        long tokens = Json.count(usage, "promptTokenCount");
        return new EmbeddingAnswer(
                bare(target.model()), vectors, usage.has("promptTokenCount") ? Usage.of(tokens, 0) : null, null);
    }
}
