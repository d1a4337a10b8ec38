package io.camelback.protocol.openai.responses.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.protocol.openai.responses.OutputItem;
import io.camelback.protocol.openai.responses.SseEventSequence;

/** An item that is told at once: an image, or what only this dialect has a word for. */
final class AtomicItem extends OutputItem {
    private final ObjectNode node;

    AtomicItem(SseEventSequence log, String id, int index, ObjectNode node) {
        super(log, id, index);
        this.node = node;
    }

    @Override
    public void closeContent() {
        // There is nothing in it that could be told piece by piece.
    }

    @Override
    public ObjectNode toJson(String status) {
        return node;
    }
}
