package io.camelback.camel.direct;

import io.camelback.camel.attempt.ProviderAttempt;
import io.camelback.camel.inbound.ResponseHeaders;
import io.camelback.camel.request.RequestContext;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.Usage;
import io.camelback.config.CamelbackConfig;
import io.camelback.config.Deployment;
import io.camelback.embedding.EmbeddingAnswer;
import java.util.Locale;
import org.apache.camel.Message;

/**
 * Tells a host's route what the response headers tell a caller over HTTP: {@code CamelbackModel} is
 * {@code x-camelback-model}, and so on. Camel's own filters keep headers of such names off the wire.
 */
final class AnswerHeaders {
    private static final String PREFIX = "Camelback";
    private static final String HTTP_PREFIX = "x-camelback-";
    private static final String INPUT_TOKENS = PREFIX + "InputTokens";
    private static final String OUTPUT_TOKENS = PREFIX + "OutputTokens";

    private AnswerHeaders() {}

    /**
     * Puts them in place of those that an earlier question has left.
     *
     * @param answering the attempt that answers; null when no model does
     * @param reply whose tokens are told, when they are known
     */
    static void set(
            Message message, RequestContext context, ProviderAttempt answering, CamelbackConfig config, Object reply) {
        Usage usage = usage(reply);
        message.removeHeaders(PREFIX + "*");
        Deployment deployment = answering == null ? null : answering.deployment();
        Long cost = answering == null ? null : answering.usage().cost(usage);
        ResponseHeaders.of(context, deployment, config, cost).forEach((name, value) -> {
            if (name.startsWith(HTTP_PREFIX)) {
                message.setHeader(name(name), value);
            }
        });
        if (usage != null) {
            message.setHeader(INPUT_TOKENS, usage.input());
            message.setHeader(OUTPUT_TOKENS, usage.output());
        }
    }

    private static Usage usage(Object reply) {
        return reply instanceof ChatAnswer answer
                ? answer.usage()
                : reply instanceof EmbeddingAnswer answer ? answer.usage() : null;
    }

    private static String name(String http) {
        StringBuilder name = new StringBuilder(PREFIX);
        for (String word : http.substring(HTTP_PREFIX.length()).split("-")) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return name.toString();
    }
}
