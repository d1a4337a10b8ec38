package io.camelback.protocol.gemini.client;

import io.camelback.chat.ChatRequest;

/** What a caller's request was read as, one fact a line. */
final class NeutralRequestFacts {
    private NeutralRequestFacts() {}

    static String lines(ChatRequest request) {
        StringBuilder text = new StringBuilder();
        request.messages().forEach(message -> {
            text.append(message.role()).append('\n');
            message.parts().forEach(part -> text.append("  ").append(part).append('\n'));
        });
        request.tools().forEach(tool -> text.append(tool).append('\n'));
        return text.append("choice ")
                .append(request.toolChoice())
                .append("\nformat ")
                .append(request.format())
                .append('\n')
                .append(request.sampling())
                .append("\nmax ")
                .append(request.maxOutputTokens())
                .append(", effort ")
                .append(request.effort())
                .append(", candidates ")
                .append(request.candidates())
                .append('\n')
                .toString();
    }
}
