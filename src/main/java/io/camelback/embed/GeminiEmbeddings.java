package io.camelback.embed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Usage;
import io.camelback.dialect.Json;
import io.camelback.dialect.MalformedAnswer;
import io.camelback.dialect.Target;
import io.camelback.dialect.Untranslatable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Gemini's {@code batchEmbedContents}, for all inputs of a request at once. Stateless. Vectors are given back as they came:
 * those of fewer dimensions than the model's own are not normalised.
 *
 * @see <a href="https://ai.google.dev/api/embeddings">Gemini API: embeddings</a>
 */
public final class GeminiEmbeddings {
    /** More in one batch are answered with 400; {@link EmbedRequest#split} makes parts of a larger request. */
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

    /** @throws Untranslatable for tokens, which Gemini does not take, and for more than {@link #MOST_INPUTS} inputs */
    public ObjectNode writeRequest(EmbedRequest request, Target target) {
        if (request.inputs().size() > MOST_INPUTS) {
            throw new Untranslatable("more than " + MOST_INPUTS + " inputs");
        }
        ObjectNode body = Json.object();
        ArrayNode requests = body.putArray("requests");
        for (EmbedRequest.Input input : request.inputs()) {
            if (!(input instanceof EmbedRequest.Input.Text text)) {
                throw new Untranslatable("input as tokens");
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
     * @throws MalformedAnswer when it is none, or does not answer this request
     */
    public EmbedAnswer readAnswer(ObjectNode body, EmbedRequest request, Target target) {
        List<float[]> vectors = new ArrayList<>();
        for (JsonNode embedding : body.path("embeddings")) {
            vectors.add(Vectors.read(embedding.path("values")));
        }
        Vectors.check(vectors, request);
        JsonNode usage = body.path("usageMetadata");
        long tokens = Json.count(usage, "promptTokenCount");
        return new EmbedAnswer(bare(target.model()), vectors, usage.has("promptTokenCount") ? Usage.of(tokens, 0) : null, null);
    }
}
