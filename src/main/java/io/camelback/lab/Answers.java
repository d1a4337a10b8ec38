package io.camelback.lab;

import java.util.List;
import java.util.Map;

/** How a simulated provider words its answers: one dialect's bodies, events and errors. Stateless. */
sealed interface Answers permits OpenAiAnswers, ResponsesAnswers, AnthropicAnswers, GeminiAnswers {

    /** A whole answer. @param said from {@link Completion#sayTo} */
    byte[] json(Asked asked, Completion said);

    /** A streamed answer. @param said from {@link Completion#sayTo} */
    List<Frame> frames(Asked asked, Completion said);

    /** Headers that identify the request, as this provider's answers carry them. */
    Map<String, String> headers(Asked asked);

    /** The body of an error. @param retryAfter the answer's {@code Retry-After}; null when there is none */
    String error(int status, String model, String retryAfter);

    /** An error inside a stream. */
    String errorEvent(Asked asked, int status);

    /** What keeps a connection busy and says nothing. */
    String ping();

    /** Whether the model could answer with a tool call now: tools are offered, and the last message is the user's own. */
    boolean mayCallTools(Asked asked);

    /** How many results of tools the conversation holds. */
    int toolResults(Asked asked);
}
