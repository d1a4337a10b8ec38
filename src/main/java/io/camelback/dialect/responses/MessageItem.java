package io.camelback.dialect.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.dialect.Json;
import java.util.ArrayList;
import java.util.List;

/** What the model says: parts of text, and of refusal. */
final class MessageItem extends OutputItem {
    private static final String INDEX = "content_index";
    private final List<ObjectNode> parts = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private boolean refusing;
    private boolean partOpen;

    MessageItem(EventLog log, AnswerIds ids, int index) {
        super(log, ids.item("msg_", index), index);
    }

    void say(String delta, boolean refusal) {
        if (partOpen && refusing != refusal) {
            closeContent();
        }
        if (!partOpen) {
            partOpen = true;
            refusing = refusal;
            tell("response.content_part.added", INDEX, parts.size(), "part", part());
        }
        words.append(delta);
        if (refusal) {
            tell("response.refusal.delta", INDEX, parts.size(), "delta", Json.of(delta));
        } else {
            ObjectNode fields = Json.object().put(INDEX, parts.size()).put("delta", delta);
            fields.putArray("logprobs");
            tell("response.output_text.delta", fields);
        }
    }

    @Override
    void closeContent() {
        if (!partOpen) {
            return;
        }
        partOpen = false;
        int number = parts.size();
        ObjectNode part = part();
        if (refusing) {
            tell("response.refusal.done", INDEX, number, "refusal", part.get("refusal"));
        } else {
            ObjectNode fields = Json.object().put(INDEX, number).set("text", part.get("text"));
            fields.putArray("logprobs");
            tell("response.output_text.done", fields);
        }
        tell("response.content_part.done", INDEX, number, "part", part);
        parts.add(part);
        words.setLength(0);
    }

    private ObjectNode part() {
        if (refusing) {
            return Json.object().put("type", "refusal").put("refusal", words.toString());
        }
        ObjectNode part = Json.object().put("type", "output_text").put("text", words.toString());
        part.putArray("annotations");
        part.putArray("logprobs");
        return part;
    }

    @Override
    ObjectNode toJson(String status) {
        ObjectNode item = json("message").put("status", status).put("role", "assistant");
        ArrayNode content = item.putArray("content");
        parts.forEach(content::add);
        return item;
    }
}
