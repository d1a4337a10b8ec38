package io.camelback.protocol.openai.responses.client;

import io.camelback.protocol.StableId;

/**
 * The ids of an answer that has none of this dialect: they follow from the request's id, so that every event has the
 * same.
 */
record AnswerIds(String requestId) {

    /** The request's id may be the caller's own, so only harmless characters are taken. */
    String response() {
        return "resp_" + String.valueOf(requestId).replaceAll("[^A-Za-z0-9_-]", "");
    }

    /** @param prefix {@code msg_}, {@code fc_}, … */
    String item(String prefix, int index) {
        return prefix + StableId.of(requestId + "#" + index, 24);
    }
}
