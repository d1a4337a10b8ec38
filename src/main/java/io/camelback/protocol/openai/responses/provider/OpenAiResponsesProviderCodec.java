package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.SignatureLocator;
import io.camelback.protocol.StreamReader;
import java.util.List;

/**
 * The Responses API as providers speak it: OpenAI, where newer models take tools while they reason only here, and
 * compatible servers. Nothing is stored at the provider unless the caller, speaking the same dialect, asked for it.
 *
 * <p>Penalties and the seed have no field here and are left out; at stop sequences the answer is cut.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses">OpenAI's reference</a>
 */
public final class OpenAiResponsesProviderCodec implements ProviderCodec {
    /** {@code responses}. */
    @Override
    public String name() {
        return ProtocolNames.RESPONSES;
    }

    @Override
    public SignatureLocator signatures() {
        return ResponsesSignatureLocator.INSTANCE;
    }

    @Override
    public ObjectNode writeRequest(ChatRequest request, ProviderModel target, boolean stream) {
        return ResponsesRequestWriter.write(request, target, stream);
    }

    /** All of them, as there is no field for them. */
    @Override
    public List<String> unsentStops(ChatRequest request, ProviderModel target) {
        return request.sampling().stop().stream()
                .filter(stop -> !stop.isEmpty())
                .toList();
    }

    /** An answer that failed, was cancelled or is not done yet is none. */
    @Override
    public ChatAnswer readAnswer(ObjectNode body) {
        return ResponsesAnswerReader.read(body);
    }

    @Override
    public StreamReader streamReader() {
        return new ResponsesStreamReader();
    }

    /** Takes the answer from the last event, which holds all of it. */
    @Override
    public AnswerCollector collector() {
        return new ResponsesCollector(ProviderCodec.super.collector());
    }
}
