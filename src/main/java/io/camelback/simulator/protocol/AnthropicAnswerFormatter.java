package io.camelback.simulator.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.simulator.protocol.SimulatedCompletion.ToolUse;
import io.camelback.simulator.protocol.StreamFrame.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Messages: docs/wire-formats.md 2.1, 3.2. */
final class AnthropicAnswerFormatter implements AnswerFormatter {
    private static final String SIGNATURE = "c2ltdWxhdGVkLXNpZ25hdHVyZQ==";

    @Override
    public byte[] json(SimulatedRequest asked, SimulatedCompletion said) {
        ObjectNode message = message(asked);
        ArrayNode content = message.putArray("content");
        if (!said.reasoning().isEmpty()) {
            content.addObject()
                    .put("type", "thinking")
                    .put("thinking", String.join("", said.reasoning()))
                    .put("signature", SIGNATURE);
        }
        if (!said.text().isEmpty()) {
            content.addObject().put("type", "text").put("text", said.text());
        }
        said.toolCalls()
                .forEach(call -> content.addObject()
                        .put("type", "tool_use")
                        .put("id", id(asked, content.size() - 1))
                        .put("name", call.name())
                        .set("input", call.input()));
        message.put("stop_reason", stopReason(said)).putNull("stop_sequence");
        if (said.reported()) {
            message.set("usage", usage(said.usage(), said.usage().output()));
        }
        return Json.bytes(message);
    }

    @Override
    public List<StreamFrame> frames(SimulatedRequest asked, SimulatedCompletion said) {
        List<StreamFrame> frames = new ArrayList<>();
        frames.add(start(asked, said));
        int index = 0;
        if (!said.reasoning().isEmpty()) {
            frames.addAll(thinking(index++, said));
        }
        if (!said.text().isEmpty()) {
            frames.addAll(text(index++, said));
        }
        for (ToolUse call : said.toolCalls()) {
            frames.addAll(toolUse(index, id(asked, index), call));
            index++;
        }
        frames.add(finish(said));
        frames.add(event(Kind.TERMINATOR, Json.object().put("type", "message_stop")));
        return frames;
    }

    @Override
    public Map<String, String> headers(SimulatedRequest asked) {
        return Map.of(
                "request-id",
                requestId(asked.number()),
                "anthropic-organization-id",
                "org-sim",
                "anthropic-ratelimit-requests-limit",
                "4000",
                "anthropic-ratelimit-requests-remaining",
                "3999",
                "anthropic-ratelimit-requests-reset",
                "2026-11-20T12:01:00Z");
    }

    @Override
    public String error(int status, String model, String retryAfter) {
        return Json.text(ProviderErrorBodies.anthropic(status, model, requestId(0)));
    }

    @Override
    public String errorEvent(SimulatedRequest asked, int status) {
        return event(Kind.FINISH, ProviderErrorBodies.anthropic(status, asked.model(), requestId(asked.number())))
                .text();
    }

    @Override
    public String ping() {
        return event(Kind.OPENING, Json.object().put("type", "ping")).text();
    }

    @Override
    public boolean mayCallTools(SimulatedRequest asked) {
        JsonNode messages = asked.body().path("messages");
        JsonNode last = messages.path(messages.size() - 1);
        return !asked.body().path("tools").isEmpty()
                && last.path("role").asText().equals("user")
                && StreamSupport.stream(last.path("content").spliterator(), false)
                        .noneMatch(block -> block.path("type").asText().equals("tool_result"));
    }

    @Override
    public int toolResults(SimulatedRequest asked) {
        int count = 0;
        for (JsonNode message : asked.body().path("messages")) {
            for (JsonNode block : message.path("content")) {
                count += block.path("type").asText().equals("tool_result") ? 1 : 0;
            }
        }
        return count;
    }

    private static ObjectNode message(SimulatedRequest asked) {
        return Json.object()
                .put("id", "msg_sim_" + asked.number())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", asked.model());
    }

    private static StreamFrame start(SimulatedRequest asked, SimulatedCompletion said) {
        ObjectNode message = message(asked);
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        if (said.reported()) {
            message.set("usage", usage(said.usage(), 1));
        }
        ObjectNode start = Json.object().put("type", "message_start");
        start.set("message", message);
        return event(Kind.OPENING, start);
    }

    private static List<StreamFrame> thinking(int index, SimulatedCompletion said) {
        List<StreamFrame> frames = new ArrayList<>();
        frames.add(block(
                index, Json.object().put("type", "thinking").put("thinking", "").put("signature", "")));
        said.reasoning()
                .forEach(piece -> frames.add(delta(
                        Kind.TOKEN,
                        index,
                        Json.object().put("type", "thinking_delta").put("thinking", piece))));
        frames.add(delta(
                Kind.STRUCTURE,
                index,
                Json.object().put("type", "signature_delta").put("signature", SIGNATURE)));
        frames.add(stop(index));
        return frames;
    }

    private static List<StreamFrame> text(int index, SimulatedCompletion said) {
        List<StreamFrame> frames = new ArrayList<>();
        frames.add(block(index, Json.object().put("type", "text").put("text", "")));
        said.pieces()
                .forEach(piece -> frames.add(delta(
                        Kind.TOKEN,
                        index,
                        Json.object().put("type", "text_delta").put("text", piece))));
        frames.add(stop(index));
        return frames;
    }

    private static List<StreamFrame> toolUse(int index, String id, ToolUse call) {
        List<StreamFrame> frames = new ArrayList<>();
        ObjectNode start = Json.object().put("type", "tool_use").put("id", id).put("name", call.name());
        start.putObject("input");
        frames.add(block(index, start));
        SimulatedCompletion.fragments(call.arguments())
                .forEach(part -> frames.add(delta(
                        Kind.TOKEN,
                        index,
                        Json.object().put("type", "input_json_delta").put("partial_json", part))));
        frames.add(stop(index));
        return frames;
    }

    private static StreamFrame finish(SimulatedCompletion said) {
        ObjectNode end = Json.object().put("type", "message_delta");
        end.putObject("delta").put("stop_reason", stopReason(said)).putNull("stop_sequence");
        if (said.reported()) {
            end.putObject("usage").put("output_tokens", said.usage().output());
        }
        return event(Kind.FINISH, end);
    }

    private static StreamFrame block(int index, ObjectNode block) {
        ObjectNode start = Json.object().put("type", "content_block_start").put("index", index);
        start.set("content_block", block);
        return event(Kind.STRUCTURE, start);
    }

    private static StreamFrame delta(Kind kind, int index, ObjectNode delta) {
        ObjectNode event = Json.object().put("type", "content_block_delta").put("index", index);
        event.set("delta", delta);
        return event(kind, event);
    }

    private static StreamFrame stop(int index) {
        return event(
                Kind.STRUCTURE, Json.object().put("type", "content_block_stop").put("index", index));
    }

    private static StreamFrame event(Kind kind, ObjectNode data) {
        return new StreamFrame(kind, "event: " + data.path("type").asText() + "\ndata: " + Json.text(data) + "\n\n");
    }

    private static String requestId(int number) {
        return "req_sim_" + number;
    }

    private static String id(SimulatedRequest asked, int index) {
        return "toolu_sim_" + asked.number() + "_" + index;
    }

    private static String stopReason(SimulatedCompletion said) {
        String usual = said.toolCalls().isEmpty() ? "end_turn" : "tool_use";
        return said.finish() == null ? usual : said.finish();
    }

    /** Anthropic counts cached tokens beside the input, not in it. */
    private static ObjectNode usage(Usage usage, long output) {
        return Json.object()
                .put("input_tokens", usage.input() - usage.cached() - usage.cacheWrite())
                .put("cache_creation_input_tokens", usage.cacheWrite())
                .put("cache_read_input_tokens", usage.cached())
                .put("output_tokens", output);
    }
}
