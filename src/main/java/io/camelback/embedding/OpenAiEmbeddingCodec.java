package io.camelback.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * {@code /v1/embeddings}, for callers and for providers of it. Stateless.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/embeddings">OpenAI's reference</a>
 */
public final class OpenAiEmbeddingCodec {
    /**
     * OpenAI's own. The clients ask for base64 unless told otherwise; most compatible servers do not know it, and
     * numbers do as well.
     */
    private static final Set<String> OPENAI = Set.of("openai", "azure");

    /**
     * Reads a caller's request. Lone surrogates are replaced by U+FFFD, in the original too.
     *
     * @throws io.camelback.protocol.InvalidRequestException naming the field that is missing, mistyped or out of range
     */
    public EmbeddingRequest readRequest(ObjectNode body) {
        return EmbeddingRequestReader.read(body);
    }

    /** Writes an answer in the form that was asked for; one that has this form already goes out as it came. */
    public ObjectNode writeAnswer(EmbeddingAnswer answer, EmbeddingRequest request) {
        if (answer.original() != null && hasForm(answer.original(), request.base64())) {
            return answer.original();
        }
        ObjectNode body = Json.object().put("object", "list");
        body.putArray("data");
        for (int i = 0; i < answer.vectors().size(); i++) {
            body.withArray("data")
                    .addObject()
                    .put("object", "embedding")
                    .put("index", i)
                    .set("embedding", VectorEncoding.write(answer.vectors().get(i), request.base64()));
        }
        long tokens = answer.usage() == null ? 0 : answer.usage().input();
        body.put("model", answer.model() == null ? request.model() : answer.model());
        body.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return body;
    }

    /** Whether the official clients can read it: complete, in order, and in the encoding they wait for. */
    private static boolean hasForm(ObjectNode body, boolean base64) {
        JsonNode data = body.path("data");
        for (int i = 0; i < data.size(); i++) {
            JsonNode item = data.get(i);
            if (item.path("index").asInt(-1) != i || item.path("embedding").isTextual() != base64) {
                return false;
            }
        }
        return body.path("usage").has("prompt_tokens") && body.path("model").isTextual() && body.has("object");
    }

    /**
     * Writes the request for a provider. What was received is passed through, unknown fields and all, with the model
     * and the encoding replaced.
     *
     * @throws UnsupportedFeatureException for tokens, where the model is not one of OpenAI's: they mean other words to
     *     it
     */
    public ObjectNode writeRequest(EmbeddingRequest request, ProviderModel target) {
        boolean openAi = OPENAI.contains(String.valueOf(target.provider()));
        if (request.hasTokens() && !openAi && !target.model().contains("text-embedding-")) {
            throw new UnsupportedFeatureException("input as tokens");
        }
        ObjectNode body = Json.object();
        if (request.original() != null) {
            body.setAll(request.original());
        } else {
            body.put("model", target.model()).set("input", input(request));
            putSettings(request, body);
        }
        body.put("model", target.model());
        body.remove("encoding_format");
        if (request.base64() && openAi) {
            body.put("encoding_format", "base64");
        }
        return "mistral".equals(target.provider()) ? forMistral(body) : body;
    }

    private static void putSettings(EmbeddingRequest request, ObjectNode body) {
        if (request.dimensions() != null) {
            body.put("dimensions", request.dimensions());
        }
        if (request.user() != null) {
            body.put("user", request.user());
        }
    }

    private static JsonNode input(EmbeddingRequest request) {
        return Json.of(request.inputs().stream()
                .map(input -> input instanceof EmbeddingRequest.Input.Text text
                        ? text.text()
                        : ((EmbeddingRequest.Input.Tokens) input).ids())
                .toList());
    }

    /** Mistral answers 422 to fields it does not know, and has its own word for the dimensions. */
    private static ObjectNode forMistral(ObjectNode body) {
        body.remove("user");
        if (body.has("dimensions")) {
            body.set("output_dimension", body.remove("dimensions"));
        }
        return body;
    }

    /**
     * Reads a provider's answer, in whatever order its vectors come.
     *
     * @throws MalformedResponseException when it is none, or does not answer this request
     */
    public EmbeddingAnswer readAnswer(ObjectNode body, EmbeddingRequest request) {
        JsonNode data = body.path("data");
        float[][] vectors = new float[data.size()][];
        for (int i = 0; i < vectors.length; i++) {
            JsonNode item = data.get(i);
            int index = item.path("index").asInt(i);
            if (index < 0 || index >= vectors.length || vectors[index] != null) {
                throw new MalformedResponseException(
                        "an embedding with the index " + index + " among " + vectors.length);
            }
            vectors[index] = VectorEncoding.read(item.path("embedding"));
        }
        List<float[]> all = Arrays.asList(vectors);
        VectorEncoding.check(all, request);
        return new EmbeddingAnswer(Json.string(body, "model"), all, usage(body.path("usage")), body);
    }

    private static Usage usage(JsonNode usage) {
        if (!usage.hasNonNull("prompt_tokens") && !usage.hasNonNull("total_tokens")) {
            return null;
        }
        long prompt = Json.count(usage, "prompt_tokens");
        return Usage.of(prompt > 0 ? prompt : Json.count(usage, "total_tokens"), 0);
    }
}
