package io.camelback.protocol.openai.chat.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.openai.chat.OpenAiStreamReader;

/**
 * Chat Completions as providers speak it: OpenAI, and every compatible server with what it does otherwise. A request
 * that was received in this dialect is passed through, with the model, the streaming fields and what the target refuses
 * replaced.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI's reference</a>
 */
public final class OpenAiChatProviderCodec implements ProviderCodec {
    /** {@code openai}. */
    @Override
    public String name() {
        return ProtocolNames.OPENAI;
    }

    @Override
    public ObjectNode writeRequest(ChatRequest request, ProviderModel target, boolean stream) {
        return OpenAiRequestWriter.write(request, target, stream);
    }

    /** Free-form tools and the old functions, for a server that has neither. */
    @Override
    public boolean retells(ChatRequest request, ProviderModel target) {
        return OpenAiRequestWriter.retells(request, target);
    }

    /**
     * A finish reason that we do not know is kept as the raw word: {@code error} and its like are for the caller to
     * judge.
     */
    @Override
    public ChatAnswer readAnswer(ObjectNode body) {
        return OpenAiAnswerReader.read(body);
    }

    @Override
    public StreamReader streamReader() {
        return new OpenAiStreamReader();
    }

    /** Merges chunks into the body that the provider would have sent at once, fields unknown to us included. */
    @Override
    public AnswerCollector collector() {
        return new OpenAiCollector();
    }
}
