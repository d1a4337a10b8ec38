package io.camelback.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How one kind of provider is spoken to. Stateless, and idempotent: the same request may be written again for the next
 * attempt, and is never changed. What goes out is built from a list of fields the provider knows; only a request that
 * was received in the same dialect is passed through, unknown fields and all, with just our own fields replaced.
 */
public interface ProviderCodec {

    /** {@code openai}, {@code anthropic} or {@code gemini}. */
    String name();

    /**
     * The names that a tool may have. Others are changed before the request is written, and given back by
     * {@link ToolNames}.
     */
    default Pattern toolNames() {
        return ToolNames.PLAIN;
    }

    /** The names that an argument of a tool may have; null where any will do. */
    default Pattern argumentNames() {
        return null;
    }

    /** Where this dialect's JSON holds what only one account can read. */
    default SignatureLocator signatures() {
        return SignatureLocator.NONE;
    }

    /**
     * The request in this dialect.
     *
     * @param stream whether the provider shall stream, which may differ from what the caller wants
     * @throws UnsupportedFeatureException when this dialect or this model cannot carry something the answer depends on
     */
    ObjectNode writeRequest(ChatRequest request, ProviderModel target, boolean stream);

    /**
     * Whether a request of this format is written as if it had come in another, because the target lacks what it is
     * said with: its answer is told anew, too.
     */
    default boolean retells(ChatRequest request, ProviderModel target) {
        return false;
    }

    /**
     * The caller's stop sequences that {@link #writeRequest} does not tell the provider: the answer is to be cut at
     * them.
     *
     * @return none of them empty
     */
    default List<String> unsentStops(ChatRequest request, ProviderModel target) {
        return target.supports(UnsupportedParameter.STOP)
                ? List.of()
                : request.sampling().stop().stream()
                        .filter(stop -> !stop.isEmpty())
                        .toList();
    }

    /**
     * Reads a complete answer.
     *
     * @throws MalformedResponseException when it is not an answer of this dialect
     */
    ChatAnswer readAnswer(ObjectNode body);

    /** A reader for one stream. */
    StreamReader streamReader();

    /**
     * A collector for one stream of this dialect; dialects whose answers are passed through keep what is unknown to us,
     * too.
     */
    default AnswerCollector collector() {
        return new StreamEventCollector();
    }
}
