package io.camelback.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.GatewayError;
import io.camelback.dialect.Door;
import io.camelback.dialect.InvalidRequest;
import io.camelback.dialect.gemini.GeminiArrayDoor;
import io.camelback.dialect.gemini.GeminiDoor;
import io.camelback.dialect.openai.OpenAiDoor;
import io.camelback.embed.EmbedAnswer;
import io.camelback.embed.EmbedRequest;
import io.camelback.embed.GeminiEmbedDoor;
import io.camelback.embed.OpenAiEmbeddings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A door and what of the request stands in the URL: nothing for most, model and method for Gemini's. */
interface Entrance {
    /** The path and the query as they came; the query is empty when there is none. */
    record Url(String path, String query) { }

    /** The name under which routes know this door: {@code camelback-accept-<name>}. */
    String name();

    /** The door for this request. */
    Door door(Url url);

    /** @throws InvalidRequest naming the field that is missing, mistyped or out of range */
    Asked read(ObjectNode body, Url url);

    /** How vectors are told to this caller. */
    default ObjectNode vectors(EmbedAnswer answer, EmbedRequest request, Url url) {
        return Embeddings.OPENAI.writeAnswer(answer, request);
    }

    /** A door whose URL says nothing. */
    static Entrance of(Door door) {
        return new Entrance() {
            @Override
            public String name() {
                return door.name();
            }

            @Override
            public Door door(Url url) {
                return door;
            }

            @Override
            public Asked read(ObjectNode body, Url url) {
                return new Asked.Chat(door.readRequest(body));
            }
        };
    }

    /** {@code …/models/{model}:generateContent} and {@code :streamGenerateContent}, with {@code ?alt=sse} or as an array. */
    final class Gemini implements Entrance {
        private static final Pattern PATH = Pattern.compile("/[^/]+/models/(.{1,200}):(generateContent|streamGenerateContent)");
        private static final Pattern SSE = Pattern.compile("(?:^|.*&)alt=sse(?:&.*|$)");
        private final GeminiDoor events = new GeminiDoor();
        private final Door array = new GeminiArrayDoor(events);

        @Override
        public String name() {
            return events.name();
        }

        @Override
        public Door door(Url url) {
            boolean sse = url.query() != null && SSE.matcher(url.query()).matches();
            return !sse && url.path().endsWith(":streamGenerateContent") ? array : events;
        }

        @Override
        public Asked read(ObjectNode body, Url url) {
            Matcher path = PATH.matcher(url.path());
            if (!path.matches()) {
                throw new InvalidRequest(GatewayError.of(404, "not_found",
                        "A model takes generateContent,"
                        + " streamGenerateContent, countTokens, embedContent and batchEmbedContents here."));
            }
            String model = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
            return new Asked.Chat(events.readRequest(body, model, path.group(2).equals("streamGenerateContent")));
        }
    }

    /** OpenAI's {@code /v1/embeddings}. Its errors are those of Chat Completions. */
    final class Embeddings implements Entrance {
        private final Door errors = new OpenAiDoor();
        private static final OpenAiEmbeddings OPENAI = new OpenAiEmbeddings();

        @Override
        public String name() {
            return "embeddings";
        }

        @Override
        public Door door(Url url) {
            return errors;
        }

        @Override
        public Asked read(ObjectNode body, Url url) {
            return new Asked.Embeddings(OPENAI.readRequest(body));
        }
    }

    /** Google's {@code embedContent} and {@code batchEmbedContents}. */
    final class GeminiEmbeddings implements Entrance {
        private static final Pattern PATH = Pattern.compile("/[^/]+/models/(.{1,200}):(embedContent|batchEmbedContents)");
        private final Door errors = new GeminiDoor();
        private final GeminiEmbedDoor embeddings = new GeminiEmbedDoor();

        @Override
        public String name() {
            return "gemini-embeddings";
        }

        @Override
        public Door door(Url url) {
            return errors;
        }

        @Override
        public Asked read(ObjectNode body, Url url) {
            Matcher path = PATH.matcher(url.path());
            if (!path.matches()) {
                throw new InvalidRequest(GatewayError.of(404, "not_found", "There is no such method of a model."));
            }
            String model = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
            return new Asked.Embeddings(embeddings.readRequest(body, model, isBatch(url)));
        }

        @Override
        public ObjectNode vectors(EmbedAnswer answer, EmbedRequest request, Url url) {
            return embeddings.writeAnswer(answer, isBatch(url));
        }

        private static boolean isBatch(Url url) {
            return url.path().endsWith(":batchEmbedContents");
        }
    }
}
