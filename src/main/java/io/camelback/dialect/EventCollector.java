package io.camelback.dialect;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.StreamChunk;

/** stub: helper fills in */
final class EventCollector implements AnswerCollector {
    @Override
    public void add(StreamChunk chunk) {
        throw new IllegalStateException();
    }

    @Override
    public ChatAnswer answer(long created) {
        throw new IllegalStateException();
    }
}
