package io.camelback.camel.inbound;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.json.Json;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.anthropic.client.AnthropicClientCodec;
import io.camelback.protocol.gemini.client.GeminiClientCodec;
import io.camelback.protocol.openai.responses.client.OpenAiResponsesClientCodec;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How callers of one dialect have tokens counted. */
public interface TokenCountEndpoint {
    /** In whose words errors are told. */
    ClientCodec door();

    /** @param path of the URL */
    ChatRequest read(ObjectNode body, String path);

    ObjectNode write(long tokens);

    List<TokenCountEndpoint> ALL = List.of(new Anthropic(), new Responses(), new Gemini());

    /** {@code POST /v1/messages/count_tokens}. */
    final class Anthropic implements TokenCountEndpoint {
        /** So high that no budget for thinking is cut to fit below it. */
        private static final int NO_LIMIT = Integer.MAX_VALUE;

        private final AnthropicClientCodec door = new AnthropicClientCodec();

        @Override
        public ClientCodec door() {
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
    final class Responses implements TokenCountEndpoint {
        private final OpenAiResponsesClientCodec door = new OpenAiResponsesClientCodec();

        @Override
        public ClientCodec door() {
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
    final class Gemini implements TokenCountEndpoint {
        private static final Pattern PATH = Pattern.compile("/[^/]+/models/(.{1,200}):countTokens");
        private final GeminiClientCodec door = new GeminiClientCodec();

        @Override
        public ClientCodec door() {
            return door;
        }

        @Override
        public ChatRequest read(ObjectNode body, String path) {
            Matcher named = PATH.matcher(path);
            if (!named.matches()) {
                throw new InvalidRequestException(
                        GatewayError.of(404, "not_found", "There is no such method of a model."));
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
