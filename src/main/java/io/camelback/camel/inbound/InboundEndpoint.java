package io.camelback.camel.inbound;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.camel.request.InboundPayload;
import io.camelback.chat.GatewayError;
import io.camelback.embedding.EmbeddingAnswer;
import io.camelback.embedding.EmbeddingRequest;
import io.camelback.embedding.GeminiEmbeddingClientCodec;
import io.camelback.embedding.OpenAiEmbeddingCodec;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.gemini.client.GeminiArrayClientCodec;
import io.camelback.protocol.gemini.client.GeminiClientCodec;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A door and what of the request stands in the URL: nothing for most, model and method for Gemini's. */
public interface InboundEndpoint {
    /** The path and the query as they came; the query is empty when there is none. */
    record Url(String path, String query) {}

    /** The name under which routes know this door: {@code camelback-request-<name>}. */
    String name();

    /** The door for this request. */
    ClientCodec door(Url url);

    /** @throws InvalidRequestException naming the field that is missing, mistyped or out of range */
    InboundPayload read(ObjectNode body, Url url);

    /** How vectors are told to this caller. */
    default ObjectNode vectors(EmbeddingAnswer answer, EmbeddingRequest request, Url url) {
        return Embeddings.OPENAI.writeAnswer(answer, request);
    }

    /** A door whose URL says nothing. */
    static InboundEndpoint of(ClientCodec codec) {
        return new InboundEndpoint() {
            @Override
            public String name() {
                return codec.name();
            }

            @Override
            public ClientCodec door(Url url) {
                return codec;
            }

            @Override
            public InboundPayload read(ObjectNode body, Url url) {
                return new InboundPayload.Chat(codec.readRequest(body));
            }
        };
    }

    /**
     * {@code …/models/{model}:generateContent} and {@code :streamGenerateContent}, with {@code ?alt=sse} or as an
     * array.
     */
    final class Gemini implements InboundEndpoint {
        private static final Pattern PATH =
                Pattern.compile("/[^/]+/models/(.{1,200}):(generateContent|streamGenerateContent)");
        private static final Pattern SSE = Pattern.compile("^(?:.*&)?alt=sse(?:&.*|$)");
        private final GeminiClientCodec events = new GeminiClientCodec();
        private final ClientCodec array = new GeminiArrayClientCodec(events);

        @Override
        public String name() {
            return events.name();
        }

        @Override
        public ClientCodec door(Url url) {
            boolean sse = url.query() != null && SSE.matcher(url.query()).matches();
            return !sse && url.path().endsWith(":streamGenerateContent") ? array : events;
        }

        @Override
        public InboundPayload read(ObjectNode body, Url url) {
            Matcher path = PATH.matcher(url.path());
            if (!path.matches()) {
                throw new InvalidRequestException(GatewayError.of(
                        404,
                        "not_found",
                        "A model takes generateContent,"
                                + " streamGenerateContent, countTokens, embedContent and batchEmbedContents here."));
            }
            String model = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
            return new InboundPayload.Chat(
                    events.readRequest(body, model, path.group(2).equals("streamGenerateContent")));
        }
    }

    /** OpenAI's {@code /v1/embeddings}. Its errors are those of Chat Completions. */
    final class Embeddings implements InboundEndpoint {
        private final ClientCodec errors = new OpenAiChatClientCodec();
        private static final OpenAiEmbeddingCodec OPENAI = new OpenAiEmbeddingCodec();

        @Override
        public String name() {
            return "embeddings";
        }

        @Override
        public ClientCodec door(Url url) {
            return errors;
        }

        @Override
        public InboundPayload read(ObjectNode body, Url url) {
            return new InboundPayload.Embeddings(OPENAI.readRequest(body));
        }
    }

    /** Google's {@code embedContent} and {@code batchEmbedContents}. */
    final class GeminiEmbeddings implements InboundEndpoint {
        private static final Pattern PATH =
                Pattern.compile("/[^/]+/models/(.{1,200}):(embedContent|batchEmbedContents)");
        private final ClientCodec errors = new GeminiClientCodec();
        private final GeminiEmbeddingClientCodec embeddings = new GeminiEmbeddingClientCodec();

        @Override
        public String name() {
            return "gemini-embeddings";
        }

        @Override
        public ClientCodec door(Url url) {
            return errors;
        }

        @Override
        public InboundPayload read(ObjectNode body, Url url) {
            Matcher path = PATH.matcher(url.path());
            if (!path.matches()) {
                throw new InvalidRequestException(
                        GatewayError.of(404, "not_found", "There is no such method of a model."));
            }
            String model = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
            return new InboundPayload.Embeddings(embeddings.readRequest(body, model, isBatch(url)));
        }

        @Override
        public ObjectNode vectors(EmbeddingAnswer answer, EmbeddingRequest request, Url url) {
            return embeddings.writeAnswer(answer, isBatch(url));
        }

        private static boolean isBatch(Url url) {
            return url.path().endsWith(":batchEmbedContents");
        }
    }
}
