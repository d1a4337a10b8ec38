package io.camelback.protocol.openai.chat.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.openai.chat.OpenAiAnswerWriter;
import io.camelback.protocol.openai.responses.ResponsesRequestReader;

/**
 * Chat Completions as callers speak it. Requests are read strictly, with errors that name the field; answers and chunks
 * that came in this dialect go out as they came, so long as the official clients can read them.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI's reference</a>
 */
public final class OpenAiChatClientCodec implements ClientCodec {

    /** {@code openai}. */
    @Override
    public String name() {
        return ProtocolNames.OPENAI;
    }

    /**
     * Reads a request. Lone surrogates are replaced by U+FFFD, in the original too. Tools of other types than
     * {@code function} and {@code custom} have no neutral form: only providers of the same dialect get them. Cursor
     * sends the body of Responses here, too, and reads the answer of Chat Completions.
     */
    @Override
    public ChatRequest readRequest(ObjectNode body) {
        return body.has("input") && !body.has("messages")
                ? ResponsesRequestReader.read(body)
                : OpenAiRequestReader.read(body);
    }

    @Override
    public ObjectNode writeAnswer(ChatAnswer answer, ChatRequest request, String requestId) {
        return OpenAiAnswerWriter.write(answer, request, requestId);
    }

    @Override
    public StreamWriter streamWriter(ChatRequest request, String requestId, long created) {
        return new OpenAiStreamWriter(request, requestId, created);
    }

    /** The message ends with the request id, which is what users copy into their reports. */
    @Override
    public ObjectNode writeError(GatewayError error, String requestId) {
        return OpenAiErrors.write(error, requestId);
    }
}
