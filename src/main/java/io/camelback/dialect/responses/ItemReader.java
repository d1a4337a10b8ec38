package io.camelback.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.Part;
import io.camelback.chat.StreamEvent;
import io.camelback.dialect.MalformedAnswer;
import io.camelback.dialect.openai.Wire;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** One item of a stream: tells each piece once, be it in a delta or only when the item is complete. */
final class ItemReader {
    private final Consumer<StreamEvent> events;
    private final IntSupplier numbers;
    /** How many characters were told: of each part of a message, and of a call's arguments. */
    private final Map<Integer, Integer> told = new HashMap<>();
    private int toldArguments;
    private int call = -1;
    private int summaries = -1;
    private boolean thought;
    private boolean ended;

    /** @param numbers counts the calls of the answer */
    ItemReader(Consumer<StreamEvent> events, IntSupplier numbers) {
        this.events = events;
        this.numbers = numbers;
    }

    void begin(JsonNode item) {
        String type = item.path("type").asText();
        boolean custom = type.equals("custom_tool_call");
        if (call >= 0 || !custom && !type.equals("function_call")) {
            return;
        }
        String id = ResponsesAnswerReader.callId(item);
        String name = Wire.text(item, "name");
        if (id == null || name == null) {
            throw new MalformedAnswer("a tool call has no " + (id == null ? "call_id" : "name"));
        }
        call = numbers.getAsInt();
        events.accept(new StreamEvent.ToolCallStarted(0, call, id, name, null));
    }

    void text(int part, String delta) {
        tell(part, delta, new StreamEvent.TextDelta(0, delta));
    }

    void refusal(int part, String delta) {
        tell(part, delta, new StreamEvent.RefusalDelta(0, delta));
    }

    private void tell(int part, String delta, StreamEvent event) {
        if (!delta.isEmpty()) {
            told.merge(part, delta.length(), Integer::sum);
            events.accept(event);
        }
    }

    void arguments(String delta) {
        if (call < 0) {
            throw new MalformedAnswer("arguments for a tool call that never began");
        }
        if (!delta.isEmpty()) {
            toldArguments += delta.length();
            events.accept(new StreamEvent.ToolCallDelta(0, call, delta));
        }
    }

    /** Parts of a summary are paragraphs. */
    void summary(int index, String delta) {
        if (!delta.isEmpty()) {
            think((summaries >= 0 && index != summaries ? "\n\n" : "") + delta);
            summaries = index;
        }
    }

    void reasoning(String delta) {
        if (!delta.isEmpty() && summaries < 0) {
            think(delta);
        }
    }

    private void think(String text) {
        thought = true;
        events.accept(new StreamEvent.ThinkingDelta(0, text));
    }

    /** The complete item: what was not told yet. The encrypted content of the item's beginning may not be the whole. */
    void end(JsonNode item) {
        if (ended) {
            return;
        }
        ended = true;
        begin(item);
        switch (item.path("type").asText()) {
            case "message" -> endMessage(item.path("content"));
            case "function_call" -> arguments(rest(Wire.jsonText(item.get("arguments")), toldArguments));
            case "custom_tool_call" -> arguments(rest(CustomTools.wrap(item.path("input").asText()), toldArguments));
            case "reasoning" -> endReasoning(item);
            default -> { }
        }
    }

    private void endMessage(JsonNode content) {
        for (int part = 0; part < content.size(); part++) {
            int already = told.getOrDefault(part, 0);
            text(part, rest(content.get(part).path("text").asText(""), already));
            refusal(part, rest(content.get(part).path("refusal").asText(""), already));
        }
    }

    private void endReasoning(JsonNode item) {
        Part.Thinking thinking = ResponsesAnswerReader.thinking(item);
        if (!thought && !thinking.text().isEmpty()) {
            think(thinking.text());
        }
        if (thinking.signature() != null) {
            events.accept(new StreamEvent.ThinkingSigned(0, thinking.signature(), thinking.origin()));
        } else if (thinking.redacted() != null) {
            events.accept(new StreamEvent.ThinkingRedacted(0, thinking.redacted(), thinking.origin()));
        }
    }

    private static String rest(String whole, int told) {
        return whole.length() > told ? whole.substring(told) : "";
    }
}
