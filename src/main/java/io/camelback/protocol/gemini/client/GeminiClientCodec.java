package io.camelback.protocol.gemini.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.json.Json;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.StreamWriter;

/**
 * {@code generateContent} as callers speak it. Requests are read strictly, with errors that name the field; answers and
 * chunks that came in this dialect go out as they came.
 *
 * <p>The model and whether to stream stand in the URL: whoever reads the HTTP request hands them in, see
 * {@link #readRequest(ObjectNode, String, boolean)}.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Gemini API: generateContent</a>
 */
public final class GeminiClientCodec implements ClientCodec {
    private static final String MODEL = "model";
    private static final String STREAM = "stream";

    /** {@code gemini}. */
    @Override
    public String name() {
        return ProtocolNames.GEMINI;
    }

    /**
     * Reads a request into whose body the fields {@code model} and {@code stream} were put from the URL. The original
     * that is passed on to Gemini has neither.
     */
    @Override
    public ChatRequest readRequest(ObjectNode body) {
        JsonNode stream = body.path(STREAM);
        return readRequest(body, Json.string(body, MODEL), stream.asBoolean());
    }

    /**
     * Reads a request. Lone surrogates are replaced by U+FFFD, in the original too.
     *
     * @param body as the caller sent it; a {@code model} or {@code stream} in it counts for nothing
     * @param model as the path names it, decoded, with or without {@code models/}
     * @param stream whether the path says {@code streamGenerateContent}
     * @throws io.camelback.protocol.InvalidRequestException naming the field that is missing, mistyped or out of range
     */
    public ChatRequest readRequest(ObjectNode body, String model, boolean stream) {
        ObjectNode own = Json.object();
        own.setAll(body);
        own.remove(MODEL);
        own.remove(STREAM);
        return GeminiRequestReader.read(own, model, stream);
    }

    @Override
    public ObjectNode writeAnswer(ChatAnswer answer, ChatRequest request, String requestId) {
        return GeminiAnswerWriter.write(answer, request, requestId);
    }

    /** Server-sent events, for callers who say {@code alt=sse}. Gemini tells no time: {@code created} is not used. */
    @Override
    public StreamWriter streamWriter(ChatRequest request, String requestId, long created) {
        return new GeminiStreamWriter(request, requestId, GeminiStreamFraming.events());
    }

    /**
     * One JSON array whose elements come one by one, of type {@code application/json}, for all other streaming callers.
     */
    public StreamWriter arrayWriter(ChatRequest request, String requestId, long created) {
        return new GeminiStreamWriter(request, requestId, GeminiStreamFraming.array());
    }

    /**
     * A line end: Google's clients stumble over a comment, and between the elements of an array white space means
     * nothing.
     */
    @Override
    public String comment(String text) {
        return "\r\n";
    }

    /** The message ends with the request id; the details hold the code, the field at fault and when to try again. */
    @Override
    public ObjectNode writeError(GatewayError error, String requestId) {
        return GeminiErrors.write(error, requestId);
    }
}
