package io.camelback.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An item that is told at once: an image, or what only this dialect has a word for. */
final class WholeItem extends OutputItem {
    private final ObjectNode node;

    WholeItem(EventLog log, String id, int index, ObjectNode node) {
        super(log, id, index);
        this.node = node;
    }

    @Override
    void closeContent() {
        // There is nothing in it that could be told piece by piece.
    }

    @Override
    ObjectNode toJson(String status) {
        return node;
    }
}
