package io.camelback.protocol.openai.responses.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.protocol.openai.responses.OutputItem;
import io.camelback.protocol.openai.responses.ReasoningState;
import io.camelback.protocol.openai.responses.SseEventSequence;

/** What the model thinks, told as a summary, and what its provider wants back. */
final class ReasoningItem extends OutputItem {
    private static final String INDEX = "summary_index";
    private final StringBuilder summary = new StringBuilder();
    private String encrypted;

    ReasoningItem(SseEventSequence log, AnswerIds ids, int index) {
        super(log, ids.item(ReasoningState.MADE, index), index);
    }

    void think(String delta) {
        if (summary.isEmpty()) {
            tell("response.reasoning_summary_part.added", INDEX, 0, "part", part());
        }
        summary.append(delta);
        tell("response.reasoning_summary_text.delta", INDEX, 0, "delta", Json.of(delta));
    }

    /** @param content null when there is none */
    void encrypted(String content) {
        encrypted = content;
    }

    @Override
    public void closeContent() {
        if (!summary.isEmpty()) {
            tell("response.reasoning_summary_text.done", INDEX, 0, "text", Json.of(summary.toString()));
            tell("response.reasoning_summary_part.done", INDEX, 0, "part", part());
        }
    }

    private ObjectNode part() {
        return Json.object().put("type", "summary_text").put("text", summary.toString());
    }

    @Override
    public ObjectNode toJson(String status) {
        ObjectNode item = json("reasoning");
        ArrayNode parts = item.putArray("summary");
        if (!summary.isEmpty()) {
            parts.add(part());
        }
        return encrypted == null ? item : item.put("encrypted_content", encrypted);
    }
}
