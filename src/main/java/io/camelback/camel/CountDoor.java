package io.camelback.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.dialect.Door;
import io.camelback.dialect.InvalidRequest;
import io.camelback.dialect.Json;
import io.camelback.dialect.anthropic.AnthropicDoor;
import io.camelback.dialect.gemini.GeminiDoor;
import io.camelback.dialect.responses.ResponsesDoor;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How callers of one dialect have tokens counted. */
interface CountDoor {
    /** In whose words errors are told. */
    Door door();

    /** @param path of the URL */
    ChatRequest read(ObjectNode body, String path);

    ObjectNode write(long tokens);

    List<CountDoor> ALL = List.of(new Anthropic(), new Responses(), new Gemini());

    /** {@code POST /v1/messages/count_tokens}. */
    final class Anthropic implements CountDoor {
        /** So high that no budget for thinking is cut to fit below it. */
        private static final int NO_LIMIT = Integer.MAX_VALUE;
        private final AnthropicDoor door = new AnthropicDoor();

        @Override
        public Door door() {
            return door;
        }

        @Override
        public ChatRequest read(ObjectNode body, String path) {
            ObjectNode whole = Json.object().put("max_tokens", NO_LIMIT);
            whole.setAll(body);
            return door.readRequest(whole);
        }

        @Override
        public ObjectNode write(long tokens) {
            return Json.object().put("input_tokens", tokens);
        }
    }

    /** {@code POST /v1/responses/input_tokens}. */
    final class Responses implements CountDoor {
        private final ResponsesDoor door = new ResponsesDoor();

        @Override
        public Door door() {
            return door;
        }

        @Override
        public ChatRequest read(ObjectNode body, String path) {
            return door.readRequest(body);
        }

        @Override
        public ObjectNode write(long tokens) {
            return Json.object().put("object", "response.input_tokens").put("input_tokens", tokens);
        }
    }

    /** Google's {@code …/models/{model}:countTokens}, of contents or of a whole request. */
    final class Gemini implements CountDoor {
        private static final Pattern PATH = Pattern.compile("/[^/]+/models/(.{1,200}):countTokens");
        private final GeminiDoor door = new GeminiDoor();

        @Override
        public Door door() {
            return door;
        }

        @Override
        public ChatRequest read(ObjectNode body, String path) {
            Matcher named = PATH.matcher(path);
            if (!named.matches()) {
                throw new InvalidRequest(GatewayError.of(404, "not_found", "There is no such method of a model."));
            }
            ObjectNode request = body.get("generateContentRequest") instanceof ObjectNode whole ? whole : body;
            return door.readRequest(request, URLDecoder.decode(named.group(1), StandardCharsets.UTF_8), false);
        }

        @Override
        public ObjectNode write(long tokens) {
            return Json.object().put("totalTokens", tokens);
        }
    }
}
