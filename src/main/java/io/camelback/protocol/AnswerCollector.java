package io.camelback.protocol;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.StreamChunk;

/**
 * Makes one answer of a stream, for a caller who did not ask for a stream: providers are always asked to stream, so
 * that a silent one is noticed by its first token and not by its last. Used once, by one thread.
 */
public interface AnswerCollector {

    /** A collector of what the events mean, for a stream whose bytes do not hold. */
    static AnswerCollector ofEvents() {
        return new StreamEventCollector();
    }

    void add(StreamChunk chunk);

    /**
     * The answer, once the stream has come to its valid end. @param created Unix time in seconds, where the stream told
     * none
     */
    ChatAnswer answer(long created);
}
