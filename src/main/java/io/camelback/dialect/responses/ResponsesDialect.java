package io.camelback.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.dialect.AnswerCollector;
import io.camelback.dialect.Dialect;
import io.camelback.dialect.Signatures;
import io.camelback.dialect.StreamReader;
import io.camelback.dialect.Target;
import java.util.List;

/**
 * The Responses API as providers speak it: OpenAI, where newer models take tools while they reason only here, and compatible
 * servers. Nothing is stored at the provider unless the caller, speaking the same dialect, asked for it.
 *
 * <p>Penalties and the seed have no field here and are left out; at stop sequences the answer is cut.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses">OpenAI's reference</a>
 */
public final class ResponsesDialect implements Dialect {
    /** The dialect's name, also the origin of reasoning that may be sent back. */
    public static final String NAME = "responses";

    /** {@code responses}. */
    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Signatures signatures() {
        return ResponsesSignatures.INSTANCE;
    }

    @Override
    public ObjectNode writeRequest(ChatRequest request, Target target, boolean stream) {
        return ResponsesRequestWriter.write(request, target, stream);
    }

    /** All of them, as there is no field for them. */
    @Override
    public List<String> unsentStops(ChatRequest request, Target target) {
        return request.sampling().stop().stream().filter(stop -> !stop.isEmpty()).toList();
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
        return new ResponsesCollector(Dialect.super.collector());
    }
}
