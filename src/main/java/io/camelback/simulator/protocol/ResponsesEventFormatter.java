package io.camelback.simulator.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.simulator.protocol.StreamFrame.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * A streamed response, event by event (docs/wire-formats.md 3.5): every item and every part opens, says its deltas, and
 * is told whole.
 */
final class ResponsesEventFormatter {
    private final SimulatedRequest asked;
    private final SimulatedCompletion said;
    private final List<StreamFrame> frames = new ArrayList<>();
    private final List<ObjectNode> items;
    private int output;

    ResponsesEventFormatter(SimulatedRequest asked, SimulatedCompletion said) {
        this.asked = asked;
        this.said = said;
        this.items = ResponsesAnswerFormatter.items(asked, said);
    }

    List<StreamFrame> frames() {
        add(
                Kind.OPENING,
                event("response.created").set("response", ResponsesAnswerFormatter.response(asked, "in_progress")));
        add(
                Kind.OPENING,
                event("response.in_progress").set("response", ResponsesAnswerFormatter.response(asked, "in_progress")));
        int calls = 0;
        for (output = 0; output < items.size(); output++) {
            ObjectNode item = items.get(output);
            switch (item.path("type").asText()) {
                case "reasoning" -> reasoning(item);
                case "message" -> message(item);
                default -> call(item, said.toolCalls().get(calls++));
            }
            add(Kind.STRUCTURE, item("response.output_item.done", item));
        }
        String end = said.finish() == null ? "completed" : "incomplete";
        ObjectNode response = ResponsesAnswerFormatter.response(asked, end);
        ArrayNode whole = response.putArray("output");
        items.forEach(whole::add);
        add(Kind.FINISH, event("response." + end).set("response", ResponsesAnswerFormatter.ended(response, said)));
        return frames;
    }

    private void reasoning(ObjectNode item) {
        add(
                Kind.STRUCTURE,
                item(
                        "response.output_item.added",
                        item.deepCopy().put("encrypted_content", "").set("summary", item.arrayNode())));
        add(
                Kind.STRUCTURE,
                summary("response.reasoning_summary_part.added", item).set("part", summaryPart("")));
        said.reasoning()
                .forEach(piece -> add(
                        Kind.TOKEN,
                        summary("response.reasoning_summary_text.delta", item).put("delta", piece)));
        String text = String.join("", said.reasoning());
        add(
                Kind.STRUCTURE,
                summary("response.reasoning_summary_text.done", item).put("text", text));
        add(
                Kind.STRUCTURE,
                summary("response.reasoning_summary_part.done", item).set("part", summaryPart(text)));
    }

    private void message(ObjectNode item) {
        add(
                Kind.STRUCTURE,
                item(
                        "response.output_item.added",
                        item.deepCopy().put("status", "in_progress").set("content", item.arrayNode())));
        add(
                Kind.STRUCTURE,
                content("response.content_part.added", item).set("part", ResponsesAnswerFormatter.part("")));
        said.pieces().forEach(piece -> {
            ObjectNode delta = content("response.output_text.delta", item).put("delta", piece);
            delta.putArray("logprobs");
            add(Kind.TOKEN, delta);
        });
        ObjectNode done = content("response.output_text.done", item).put("text", said.text());
        done.putArray("logprobs");
        add(Kind.STRUCTURE, done);
        add(
                Kind.STRUCTURE,
                content("response.content_part.done", item).set("part", ResponsesAnswerFormatter.part(said.text())));
    }

    private void call(ObjectNode item, SimulatedCompletion.ToolUse call) {
        add(
                Kind.STRUCTURE,
                item(
                        "response.output_item.added",
                        item.deepCopy().put("status", "in_progress").put("arguments", "")));
        SimulatedCompletion.fragments(call.arguments())
                .forEach(fragment -> add(
                        Kind.TOKEN,
                        of("response.function_call_arguments.delta", item).put("delta", fragment)));
        add(
                Kind.STRUCTURE,
                of("response.function_call_arguments.done", item)
                        .put("arguments", call.arguments())
                        .put("name", call.name()));
    }

    private ObjectNode event(String type) {
        return Json.object().put("type", type).put("sequence_number", frames.size());
    }

    private ObjectNode item(String type, ObjectNode item) {
        return event(type).put("output_index", output).set("item", item);
    }

    private ObjectNode of(String type, ObjectNode item) {
        return event(type).put("item_id", item.path("id").asText()).put("output_index", output);
    }

    private ObjectNode summary(String type, ObjectNode item) {
        return of(type, item).put("summary_index", 0);
    }

    private ObjectNode content(String type, ObjectNode item) {
        return of(type, item).put("content_index", 0);
    }

    private static ObjectNode summaryPart(String text) {
        return Json.object().put("type", "summary_text").put("text", text);
    }

    private void add(Kind kind, ObjectNode event) {
        frames.add(new StreamFrame(kind, text(event)));
    }

    static String text(ObjectNode event) {
        return "event: " + event.path("type").asText() + "\ndata: " + Json.text(event) + "\n\n";
    }
}
