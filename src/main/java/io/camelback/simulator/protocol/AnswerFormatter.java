package io.camelback.simulator.protocol;

import java.util.List;
import java.util.Map;

/** Formats answers, events and errors of one API format. Stateless. */
public sealed interface AnswerFormatter
        permits OpenAiChatAnswerFormatter, ResponsesAnswerFormatter, AnthropicAnswerFormatter, GeminiAnswerFormatter {

    /** A whole answer. @param said from {@link SimulatedCompletion#sayTo} */
    byte[] json(SimulatedRequest asked, SimulatedCompletion said);

    /** A streamed answer. @param said from {@link SimulatedCompletion#sayTo} */
    List<StreamFrame> frames(SimulatedRequest asked, SimulatedCompletion said);

    /** Headers that identify the request, as this provider's answers carry them. */
    Map<String, String> headers(SimulatedRequest asked);

    /** The body of an error. @param retryAfter the answer's {@code Retry-After}; null when there is none */
    String error(int status, String model, String retryAfter);

    /** An error inside a stream. */
    String errorEvent(SimulatedRequest asked, int status);

    /** What keeps a connection busy and says nothing. */
    String ping();

    /**
     * Whether the model could answer with a tool call now: tools are offered, and the last message is the user's own.
     */
    boolean mayCallTools(SimulatedRequest asked);

    /** How many results of tools the conversation holds. */
    int toolResults(SimulatedRequest asked);
}
