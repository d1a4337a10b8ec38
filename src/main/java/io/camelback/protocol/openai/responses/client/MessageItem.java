package io.camelback.protocol.openai.responses.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Citation;
import io.camelback.chat.TokenLogprob;
import io.camelback.json.Json;
import io.camelback.protocol.openai.responses.OutputItem;
import io.camelback.protocol.openai.responses.SseEventSequence;
import io.camelback.protocol.support.CitationAnnotations;
import io.camelback.protocol.support.CitationOffsets;
import io.camelback.protocol.support.LogprobJson;
import java.util.ArrayList;
import java.util.List;

/** What the model says: parts of text, and of refusal. */
final class MessageItem extends OutputItem {
    private static final String INDEX = "content_index";
    private final List<ObjectNode> parts = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private List<TokenLogprob> tokens = new ArrayList<>();
    private List<ObjectNode> annotations = new ArrayList<>();
    private final List<TokenLogprob> untold = new ArrayList<>();
    private final String phase;
    private boolean refusing;
    private boolean partOpen;

    /** @param phase null for a provider that tells none */
    MessageItem(SseEventSequence log, AnswerIds ids, int index, String phase) {
        super(log, ids.item("msg_", index), index);
        this.phase = phase;
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
            fields.set("logprobs", LogprobJson.write(untold));
            tokens.addAll(untold);
            untold.clear();
            tell("response.output_text.delta", fields);
        }
    }

    /** Of the text that comes next. */
    void weigh(List<TokenLogprob> more) {
        untold.addAll(more);
    }

    /** @param said the characters that were said in all messages, whose last are this part's */
    void cite(Citation citation, int said) {
        int before = said - words.length();
        if (!partOpen || refusing || citation.end() <= before) {
            return;
        }
        Citation here = citation.moved(-before).within(words.length());
        ObjectNode annotation = CitationAnnotations.flat(here, CitationOffsets.of(words.toString()));
        tell(
                "response.output_text.annotation.added",
                Json.object()
                        .put(INDEX, parts.size())
                        .put("annotation_index", annotations.size())
                        .set("annotation", annotation));
        annotations.add(annotation);
    }

    @Override
    public void closeContent() {
        if (!partOpen) {
            return;
        }
        if (!untold.isEmpty() && !refusing) {
            say("", false);
        }
        partOpen = false;
        int number = parts.size();
        ObjectNode part = part();
        if (refusing) {
            tell("response.refusal.done", INDEX, number, "refusal", part.get("refusal"));
        } else {
            ObjectNode fields = Json.object().put(INDEX, number).set("text", part.get("text"));
            fields.set("logprobs", part.get("logprobs"));
            tell("response.output_text.done", fields);
        }
        tell("response.content_part.done", INDEX, number, "part", part);
        parts.add(part);
        words.setLength(0);
        tokens = new ArrayList<>();
        annotations = new ArrayList<>();
    }

    private ObjectNode part() {
        if (refusing) {
            return Json.object().put("type", "refusal").put("refusal", words.toString());
        }
        ObjectNode part = Json.object().put("type", "output_text").put("text", words.toString());
        part.putArray("annotations").addAll(annotations);
        part.set("logprobs", LogprobJson.write(tokens));
        return part;
    }

    @Override
    public ObjectNode toJson(String status) {
        ObjectNode item = json("message").put("status", status).put("role", "assistant");
        ArrayNode content = item.putArray("content");
        parts.forEach(content::add);
        return phase == null ? item : item.put("phase", phase);
    }
}
