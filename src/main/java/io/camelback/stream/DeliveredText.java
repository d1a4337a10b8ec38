package io.camelback.stream;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.feature.RequiredFeatures;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of an answer that the client has received, and the request with which another model continues it. Used by
 * one thread.
 */
public final class DeliveredText {
    private static final String GO_ON = """
            Your last message was cut off on its way to me. What I have of it ends with the text between the marks.
            <<<
            %s
            >>>
            Go on exactly there. Begin by repeating the text between the marks word for word, then write the rest of the message \
            as if it had never been cut off. Write nothing else: no introduction, no apology, no marks.""";

    private static final int CHARS_PER_TOKEN = 4;

    private final StringBuilder text = new StringBuilder();
    private boolean other;

    /**
     * Whether an answer to this request could be continued at all: one that must have a form, or several at once, could
     * not be joined, and what only one dialect has would be lost.
     */
    public static boolean continuable(ChatRequest request) {
        try {
            RequiredFeatures.check(request, "none");
        } catch (UnsupportedFeatureException needed) {
            return false;
        }
        return request.format() == null && request.candidates() == 1 && request.logprobs() == null;
    }

    public void add(StreamChunk chunk) {
        for (StreamEvent event : chunk.events()) {
            if (event instanceof StreamEvent.TextDelta delta) {
                text.append(delta.text());
            }
            other |= event instanceof StreamEvent.ToolCallStarted
                    || event instanceof StreamEvent.RefusalDelta
                    || event instanceof StreamEvent.Finished;
        }
    }

    /** Whether it is text and nothing else: inside a tool call or a refusal nobody can take over. */
    public boolean plain() {
        return !other && !text.toString().isBlank();
    }

    public String text() {
        return text.toString();
    }

    /**
     * Of the tokens that the caller allows: those that were used, by a rough count, are gone; the repetition is ours.
     */
    private Integer left(Integer most) {
        return most == null
                ? null
                : Integer.valueOf(Math.max(1, most - text.length() / CHARS_PER_TOKEN) + ContinuationMatcher.ANCHOR);
    }

    /**
     * The request for the rest. It asks in a turn of the user's, and not by an assistant's turn to go on with, which
     * many models refuse and others answer with a new one.
     */
    public ChatRequest continuing(ChatRequest request) {
        List<Message> messages = new ArrayList<>(request.messages());
        messages.add(Message.assistant(new Part.Text(text.toString().stripTrailing())));
        messages.add(Message.user(String.format(GO_ON, ContinuationMatcher.anchor(text.toString()))));
        return new ChatRequest(
                request.model(),
                messages,
                request.tools(),
                null,
                request.parallelCalls(),
                null,
                request.sampling(),
                left(request.maxOutputTokens()),
                request.effort(),
                1,
                null,
                true,
                request.streamUsage(),
                request.metadata(),
                request.user(),
                null);
    }
}
