package io.camelback.protocol.openai.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Part;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.TokenLogprob;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.json.JsonNodes;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.support.CitationAnnotations;
import io.camelback.protocol.support.CitationOffsets;
import io.camelback.protocol.support.LogprobJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Understands {@code chat.completion.chunk} events in all the variants of docs/wire-formats.md 3.3. */
public final class OpenAiStreamReader implements StreamReader {
    private final Map<Integer, Choice> choices = new TreeMap<>();
    private boolean started;
    private boolean altered;
    private String tier;

    private static final class Choice {
        private final ToolCallTracker calls = new ToolCallTracker(true);
        private final ThinkTagParser tags = new ThinkTagParser();
        private final CitationOffsets said = new CitationOffsets();
        private boolean finished;
    }

    /**
     * Arguments that a server repeats are told once. All that follows is told by its meaning as well: whoever relays
     * the rest would know nothing of the calls that have begun.
     */
    @Override
    public boolean altered() {
        for (Choice choice : choices.values()) {
            altered |= choice.calls.wasAltered();
        }
        return altered;
    }

    @Override
    public List<StreamEvent> read(String name, ObjectNode data) {
        List<StreamEvent> events = new ArrayList<>();
        JsonNode list = data.path("choices");
        if (JsonNodes.has(data, "choices") && !list.isArray()) {
            throw new MalformedResponseException("choices is not an array");
        }
        start(data, list, events);
        for (int i = 0; i < list.size(); i++) {
            readChoice(list.get(i), i, String.valueOf(data.path("id").asText()), events);
        }
        String told = OpenAiUsage.tier(data);
        tier = told == null ? tier : told;
        Usage usage = OpenAiUsage.find(data);
        if (usage != null) {
            events.add(new StreamEvent.UsageReported(usage.with(usage.billing().withTier(tier))));
        }
        return events;
    }

    /** Azure's first chunk has neither id nor model nor choices: the answer has not begun with it. */
    private void start(ObjectNode data, JsonNode list, List<StreamEvent> events) {
        String id = JsonNodes.text(data, "id");
        String model = JsonNodes.text(data, "model");
        if (!started && (id != null || model != null || !list.isEmpty())) {
            started = true;
            events.add(new StreamEvent.Started(id, model));
        }
    }

    private void readChoice(JsonNode node, int position, String answerId, List<StreamEvent> events) {
        JsonNode delta = ChunkChoiceFields.delta(node, position);
        int index = ChunkChoiceFields.index(node, position);
        Choice choice = choices.computeIfAbsent(index, any -> new Choice());
        addLogprobs(index, node.path("logprobs").path("content"), events);
        for (Part part : OpenAiContent.read(delta)) {
            addContent(
                    index,
                    choice,
                    part instanceof Part.Text text ? choice.tags.add(text.text()) : List.of(part),
                    events);
        }
        String reason = JsonNodes.text(node, "finish_reason");
        if (reason != null || JsonNodes.has(delta, "tool_calls") || JsonNodes.has(delta, "function_call")) {
            addContent(index, choice, choice.tags.end(), events);
        }
        CitationAnnotations.read(delta.path("annotations"), choice.said)
                .forEach(citation -> events.add(new StreamEvent.Cited(index, citation)));
        choice.calls.nextChunk();
        for (JsonNode entry : delta.path("tool_calls")) {
            addCall(index, choice, entry, answerId, events);
        }
        if (delta.path("function_call").isObject()) {
            addCall(index, choice, legacy(delta.path("function_call")), answerId, events);
        }
        if (reason != null && !choice.finished) {
            choice.finished = true;
            addRest(index, choice, null, events);
            events.add(new StreamEvent.Finished(index, OpenAiFinishReason.read(reason, choice.calls.any())));
        }
    }

    private static void addLogprobs(int index, JsonNode content, List<StreamEvent> events) {
        List<TokenLogprob> tokens = LogprobJson.read(content);
        if (!tokens.isEmpty()) {
            events.add(new StreamEvent.LogprobsDelta(index, tokens));
        }
    }

    private static void addContent(int index, Choice choice, List<Part> parts, List<StreamEvent> events) {
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                choice.said.add(text.text());
                events.add(new StreamEvent.TextDelta(index, text.text()));
            } else if (part instanceof Part.Thinking thinking) {
                events.add(new StreamEvent.ThinkingDelta(index, thinking.text()));
            } else if (part instanceof Part.Refusal refusal) {
                events.add(new StreamEvent.RefusalDelta(index, refusal.text()));
            } else if (part instanceof Part.Image image) {
                events.add(new StreamEvent.ImageShown(index, image));
            } else if (part instanceof Part.Opaque opaque) {
                events.add(new StreamEvent.OpaqueContent(index, opaque));
            }
        }
    }

    private static void addCall(int index, Choice choice, JsonNode entry, String answerId, List<StreamEvent> events) {
        ToolCallTracker.Step step = choice.calls.advance(entry, answerId);
        ToolCallTracker.Call call = step.call();
        if (step.begins()) {
            addRest(index, choice, call, events);
            events.add(new StreamEvent.ToolCallStarted(index, call.number(), call.id(), call.name(), signature(entry)));
        }
        if (call.begun() && !step.arguments().isEmpty()) {
            events.add(new StreamEvent.ToolCallDelta(index, call.number(), step.arguments()));
        }
    }

    private static void addRest(int index, Choice choice, ToolCallTracker.Call current, List<StreamEvent> events) {
        for (ToolCallTracker.Step rest : choice.calls.rest(current)) {
            events.add(new StreamEvent.ToolCallDelta(index, rest.call().number(), rest.arguments()));
        }
    }

    /**
     * What Gemini's compatible endpoint wants back with a call; null when there is none. The accumulator of openai-java
     * moves it into the function.
     */
    public static String signature(JsonNode call) {
        JsonNode extra = call.has("extra_content")
                ? call.path("extra_content")
                : call.path("function").path("extra_content");
        return JsonNodes.text(extra.path("google"), "thought_signature");
    }

    private static ObjectNode legacy(JsonNode functionCall) {
        ObjectNode entry = Json.object().put("index", 0);
        entry.set("function", functionCall);
        return entry;
    }

    /** Every choice that has begun must have ended: of two answers, one may be cut. */
    @Override
    public boolean finished() {
        return !choices.isEmpty() && choices.values().stream().allMatch(choice -> choice.finished);
    }

    /**
     * A server that ends with its terminal marker but gives no reason has stopped by itself.
     *
     * @throws MalformedResponseException when it stopped inside a tool call, which nobody may run then
     */
    @Override
    public List<StreamEvent> end() {
        List<StreamEvent> events = new ArrayList<>();
        choices.forEach((index, choice) -> {
            if (!choice.finished) {
                if (choice.calls.isCut()) {
                    throw new MalformedResponseException("a tool call without its end");
                }
                choice.finished = true;
                addContent(index, choice, choice.tags.end(), events);
                addRest(index, choice, null, events);
                events.add(new StreamEvent.Finished(index, OpenAiFinishReason.read(null, choice.calls.any())));
            }
        });
        return events;
    }
}
