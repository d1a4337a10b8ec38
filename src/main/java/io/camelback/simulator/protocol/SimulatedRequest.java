package io.camelback.simulator.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to a simulated provider: the API format by its path, and the rest by its body.
 *
 * @param asArray whether Gemini's stream was asked for as a JSON array
 * @param number the request's number, part of the ids in the answer
 */
public record SimulatedRequest(
        Kind kind,
        AnswerFormatter dialect,
        String model,
        boolean stream,
        boolean asArray,
        JsonNode body,
        int inputTokens,
        int number) {
    enum Kind {
        CHAT,
        EMBED,
        COUNT
    }

    private static final AnswerFormatter OPENAI = new OpenAiChatAnswerFormatter();
    private static final AnswerFormatter RESPONSES = new ResponsesAnswerFormatter();
    private static final AnswerFormatter ANTHROPIC = new AnthropicAnswerFormatter();
    private static final AnswerFormatter GEMINI = new GeminiAnswerFormatter();
    private static final Pattern GEMINI_CALL = Pattern.compile("^.*/models/((?:[^/:%]|%[0-9a-fA-F]{2})+):"
            + "(generateContent|streamGenerateContent|embedContent|batchEmbedContents|countTokens)");

    /** Empty when the request asks a model for nothing: another method, or a path that no dialect has. */
    static Optional<SimulatedRequest> of(RecordedRequest request) {
        String path = request.path().replaceAll("/+$", "");
        if (!request.method().equals("POST")) {
            return Optional.empty();
        } else if (path.endsWith("/chat/completions")) {
            return Optional.of(of(request, Kind.CHAT, OPENAI));
        } else if (path.endsWith("/responses")) {
            return Optional.of(of(request, Kind.CHAT, RESPONSES));
        } else if (path.endsWith("/responses/input_tokens")) {
            return Optional.of(of(request, Kind.COUNT, RESPONSES));
        } else if (path.endsWith("/embeddings")) {
            return Optional.of(of(request, Kind.EMBED, OPENAI));
        } else if (path.endsWith("/messages")) {
            return Optional.of(of(request, Kind.CHAT, ANTHROPIC));
        } else if (path.endsWith("/messages/count_tokens")) {
            return Optional.of(of(request, Kind.COUNT, ANTHROPIC));
        }
        Matcher call = GEMINI_CALL.matcher(path);
        return call.matches() ? Optional.of(gemini(request, call.group(1), call.group(2))) : Optional.empty();
    }

    private static SimulatedRequest of(RecordedRequest request, Kind kind, AnswerFormatter dialect) {
        JsonNode body = request.json();
        boolean stream = kind == Kind.CHAT && body.path("stream").asBoolean();
        return new SimulatedRequest(
                kind,
                dialect,
                body.path("model").asText("unknown"),
                stream,
                false,
                body,
                tokens(request),
                request.number());
    }

    private static SimulatedRequest gemini(RecordedRequest request, String model, String action) {
        boolean streamed = action.equals("streamGenerateContent");
        boolean events = streamed && request.query().matches("(.*&)?alt=sse(&.*)?");
        Kind kind = action.equals("countTokens") ? Kind.COUNT : action.contains("mbed") ? Kind.EMBED : Kind.CHAT;
        String name = URLDecoder.decode(model.replace("+", "%2B"), StandardCharsets.UTF_8);
        return new SimulatedRequest(
                kind, GEMINI, name, events, streamed && !events, request.json(), tokens(request), request.number());
    }

    private static int tokens(RecordedRequest request) {
        return Math.max(1, request.size() / 4);
    }
}
