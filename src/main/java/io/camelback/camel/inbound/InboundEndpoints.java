package io.camelback.camel.inbound;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.request.InboundPayload;
import io.camelback.embedding.GeminiEmbeddingClientCodec;
import io.camelback.embedding.OpenAiEmbeddingCodec;
import io.camelback.json.Json;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.anthropic.client.AnthropicClientCodec;
import io.camelback.protocol.gemini.client.GeminiArrayClientCodec;
import io.camelback.protocol.gemini.client.GeminiClientCodec;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.camelback.protocol.openai.responses.client.CompactionClientCodec;
import io.camelback.protocol.openai.responses.client.OpenAiResponsesClientCodec;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** All HTTP endpoints. A further one is an entry here and a route in {@code routes/api.camel.yaml}. */
public final class InboundEndpoints {
    private static final String NO_SUCH_METHOD = "There is no such method of a model.";

    private static final OpenAiChatClientCodec OPENAI = new OpenAiChatClientCodec();
    private static final AnthropicClientCodec ANTHROPIC = new AnthropicClientCodec();
    private static final OpenAiResponsesClientCodec RESPONSES = new OpenAiResponsesClientCodec();
    private static final GeminiClientCodec GEMINI = new GeminiClientCodec();

    /** {@code POST /v1/chat/completions}, {@code /v1/messages}, {@code /v1/responses}, and Gemini's. */
    public static final List<InboundEndpoint> CHAT = List.of(
            InboundEndpoint.chat(OPENAI),
            InboundEndpoint.chat(ANTHROPIC),
            InboundEndpoint.chat(RESPONSES),
            geminiChat(new GeminiArrayClientCodec(GEMINI)));

    /** {@code POST /v1/embeddings}, whose errors are those of Chat Completions, and Gemini's. */
    public static final List<InboundEndpoint> EMBEDDINGS =
            List.of(openAiEmbeddings(new OpenAiEmbeddingCodec()), geminiEmbeddings(new GeminiEmbeddingClientCodec()));

    /** {@code POST /v1/messages/count_tokens}, {@code /v1/responses/input_tokens}, and Gemini's. */
    public static final List<InboundEndpoint> TOKEN_COUNT =
            List.of(anthropicTokenCount(), responsesTokenCount(), geminiTokenCount());

    private static final Set<String> OPENAIS = Set.of("/v1/chat/completions", "/v1/responses", "/v1/embeddings");

    private InboundEndpoints() {}

    /**
     * {@code POST /v1/responses/compact}.
     *
     * @param encrypts whether only OpenAI's Responses can answer for a model
     */
    public static InboundEndpoint compaction(Predicate<String> encrypts) {
        CompactionClientCodec codec = new CompactionClientCodec(encrypts);
        return InboundEndpoint.chat(
                "compaction", url -> codec, (body, url) -> new InboundPayload.Chat(codec.readRequest(body)));
    }

    /** The API format in which to answer a request that never came to a route. */
    public static ClientCodec at(String path) {
        if (path != null && path.startsWith("/v1/messages")) {
            return ANTHROPIC;
        }
        return isGoogles(path) ? GEMINI : OPENAI;
    }

    /** The same, by what the caller's headers tell of its client where the path tells nothing. */
    public static ClientCodec at(String path, UnaryOperator<String> header) {
        ClientCodec byPath = at(path);
        boolean unsaid = byPath == OPENAI && (path == null || !OPENAIS.contains(path));
        if (unsaid && header.apply("anthropic-version") != null) {
            return ANTHROPIC;
        }
        return unsaid && (header.apply("x-goog-api-client") != null || header.apply("x-goog-api-key") != null)
                ? GEMINI
                : byPath;
    }

    /** Whether Google's clients come here; {@code /v1/models} is OpenAI's as well. */
    static boolean isGoogles(String path) {
        return path != null && (path.startsWith("/v1beta/") || path.startsWith("/v1/models/") && path.contains(":"));
    }

    /**
     * {@code …/models/{model}:generateContent} and {@code :streamGenerateContent}, with {@code ?alt=sse} or as an
     * array.
     */
    private static InboundEndpoint geminiChat(ClientCodec array) {
        String stream = "streamGenerateContent";
        return InboundEndpoint.chat(
                GEMINI.name(), url -> !url.wantsSse() && url.isMethod(stream) ? array : GEMINI, (body, url) -> {
                    EndpointUrl.ModelMethod asked = url.modelMethod(
                            List.of("generateContent", stream),
                            "A model takes generateContent, streamGenerateContent, countTokens, embedContent and"
                                    + " batchEmbedContents here.");
                    return new InboundPayload.Chat(GEMINI.readRequest(
                            body, asked.model(), asked.method().equals(stream)));
                });
    }

    private static InboundEndpoint openAiEmbeddings(OpenAiEmbeddingCodec codec) {
        return InboundEndpoint.embeddings(
                "embeddings",
                OPENAI,
                (body, url) -> new InboundPayload.Embeddings(codec.readRequest(body)),
                (answer, request, url) -> codec.writeAnswer(answer, request));
    }

    /** Google's {@code embedContent} and {@code batchEmbedContents}. */
    private static InboundEndpoint geminiEmbeddings(GeminiEmbeddingClientCodec codec) {
        String batch = "batchEmbedContents";
        return InboundEndpoint.embeddings(
                "gemini-embeddings",
                GEMINI,
                (body, url) -> {
                    String model = url.modelMethod(List.of("embedContent", batch), NO_SUCH_METHOD)
                            .model();
                    return new InboundPayload.Embeddings(codec.readRequest(body, model, url.isMethod(batch)));
                },
                (answer, request, url) -> codec.writeAnswer(answer, url.isMethod(batch)));
    }

    private static InboundEndpoint anthropicTokenCount() {
        return InboundEndpoint.tokenCount(
                ANTHROPIC,
                (body, url) -> {
                    // So high that no budget for thinking is cut to fit below it.
                    ObjectNode whole = Json.object().put("max_tokens", Integer.MAX_VALUE);
                    whole.setAll(body);
                    return new InboundPayload.Chat(ANTHROPIC.readRequest(whole));
                },
                tokens -> Json.object().put("input_tokens", tokens));
    }

    private static InboundEndpoint responsesTokenCount() {
        return InboundEndpoint.tokenCount(
                RESPONSES,
                (body, url) -> new InboundPayload.Chat(RESPONSES.readRequest(body)),
                tokens -> Json.object().put("object", "response.input_tokens").put("input_tokens", tokens));
    }

    /** Google's {@code …/models/{model}:countTokens}, of contents or of a whole request. */
    private static InboundEndpoint geminiTokenCount() {
        return InboundEndpoint.tokenCount(
                GEMINI,
                (body, url) -> {
                    String model = url.modelMethod(List.of("countTokens"), NO_SUCH_METHOD)
                            .model();
                    ObjectNode request = body.get("generateContentRequest") instanceof ObjectNode whole ? whole : body;
                    return new InboundPayload.Chat(GEMINI.readRequest(request, model, false));
                },
                tokens -> Json.object().put("totalTokens", tokens));
    }
}
