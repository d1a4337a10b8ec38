package io.camelback.protocol.openai.responses.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.openai.chat.client.OpenAiChatClientCodec;
import io.camelback.protocol.openai.responses.ResponsesRequestReader;

/**
 * The Responses API as callers speak it: OpenAI's SDKs and Codex. Whatever depends on what the provider has stored is
 * refused with {@code unsupported_parameter}; free-form {@code custom} tools reach other dialects as functions with one
 * text argument and come back as what they were; hosted tools reach only providers of this dialect.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses">OpenAI's reference</a>
 */
public final class OpenAiResponsesClientCodec implements ClientCodec {
    private static final OpenAiChatClientCodec ENVELOPE = new OpenAiChatClientCodec();

    /** {@code responses}. */
    @Override
    public String name() {
        return ProtocolNames.RESPONSES;
    }

    @Override
    public ChatRequest readRequest(ObjectNode body) {
        return ResponsesRequestReader.read(body);
    }

    @Override
    public ObjectNode writeAnswer(ChatAnswer answer, ChatRequest request, String requestId) {
        return ResponsesAnswerWriter.write(answer, request, requestId);
    }

    @Override
    public StreamWriter streamWriter(ChatRequest request, String requestId, long created) {
        return new ResponsesStreamWriter(request, requestId, created);
    }

    /** OpenAI has one envelope for all its endpoints. */
    @Override
    public ObjectNode writeError(GatewayError error, String requestId) {
        return ENVELOPE.writeError(error, requestId);
    }
}
