package io.camelback.protocol.openai.responses.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.chat.StreamEvent;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.ProtocolNames;
import io.camelback.protocol.openai.responses.GeneratedImageItem;
import io.camelback.protocol.openai.responses.HostedToolItems;
import io.camelback.protocol.support.CallerTools;
import io.camelback.protocol.support.CustomTools;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One item of a stream: tells each piece once, be it in a delta or only when the item is complete. */
final class OutputItemReader {
    private final Consumer<StreamEvent> events;
    private final Map<Integer, PartDeltaTracker> parts = new HashMap<>();
    private final Answer answer;
    private int toldArguments;
    private int call = -1;
    private int summaries = -1;
    private boolean thought;
    private boolean begun;
    private boolean ended;

    /** What an item must know of the others. */
    interface Answer {
        /** The number of a call that begins now. */
        int nextCall();

        /** The characters of text so far. */
        int said();
    }

    OutputItemReader(Consumer<StreamEvent> events, Answer answer) {
        this.events = events;
        this.answer = answer;
    }

    void begin(JsonNode item) {
        String type = item.path("type").asText();
        boolean custom = type.equals("custom_tool_call");
        if (HostedToolItems.isRun(type) && !begun) {
            begun = true;
            events.accept(new StreamEvent.OpaqueContent(0, null));
            return;
        }
        if (type.equals("message") && JsonNodes.has(item, "phase") && !begun) {
            begun = true;
            events.accept(new StreamEvent.MessageStarted(0, JsonNodes.text(item, "phase")));
        }
        if (call >= 0 || !custom && !type.equals("function_call")) {
            return;
        }
        String id = ResponsesAnswerReader.callId(item);
        String name = JsonNodes.text(item, "name");
        if (id == null || name == null) {
            throw new MalformedResponseException("a tool call has no " + (id == null ? "call_id" : "name"));
        }
        call = answer.nextCall();
        String function = CallerTools.joined(JsonNodes.text(item, "namespace"), name);
        events.accept(new StreamEvent.ToolCallStarted(0, call, id, function, null));
    }

    void text(int part, String delta, JsonNode logprobs) {
        part(part).text(delta, logprobs, events);
    }

    void refusal(int part, String delta) {
        part(part).refusal(delta, events);
    }

    void annotation(int part, int number, JsonNode annotation) {
        part(part).annotation(number, annotation, events);
    }

    /** The characters of text that were told. */
    int said() {
        return parts.values().stream().mapToInt(PartDeltaTracker::length).sum();
    }

    private PartDeltaTracker part(int index) {
        return parts.computeIfAbsent(index, any -> new PartDeltaTracker(answer.said()));
    }

    void arguments(String delta) {
        if (call < 0) {
            throw new MalformedResponseException("arguments for a tool call that never began");
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
            case "function_call" ->
                arguments(PartDeltaTracker.rest(JsonNodes.jsonText(item.get("arguments")), toldArguments));
            case "custom_tool_call" ->
                arguments(PartDeltaTracker.rest(
                        CustomTools.wrap(item.path("input").asText()), toldArguments));
            case "reasoning" -> endReasoning(item);
            default -> endHosted(item);
        }
    }

    private void endMessage(JsonNode content) {
        for (int part = 0; part < content.size(); part++) {
            part(part).end(content.get(part), events);
        }
    }

    /** Images are shown to any caller; what else OpenAI's own tools did, to those of this dialect. */
    private void endHosted(JsonNode item) {
        Part.Image image = GeneratedImageItem.read(item);
        if (image != null) {
            events.accept(new StreamEvent.ImageShown(0, image));
        } else if (item instanceof ObjectNode node) {
            events.accept(new StreamEvent.OpaqueContent(0, new Part.Opaque(ProtocolNames.RESPONSES, node)));
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
}
