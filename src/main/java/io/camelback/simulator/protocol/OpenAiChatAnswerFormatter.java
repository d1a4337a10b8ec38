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

/**
 * Chat Completions: docs/wire-formats.md 2.1, 3.3. Reasoning is told in {@code reasoning_content}, as most compatible
 * providers do.
 */
final class OpenAiChatAnswerFormatter implements AnswerFormatter {
    private static final long CREATED = 1_767_225_600L;

    @Override
    public byte[] json(SimulatedRequest asked, SimulatedCompletion said) {
        ObjectNode message = Json.object().put("role", "assistant");
        message.put("content", said.toolCalls().isEmpty() ? said.text() : null).putNull("refusal");
        if (!said.reasoning().isEmpty()) {
            message.put("reasoning_content", String.join("", said.reasoning()));
        }
        if (!said.toolCalls().isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            said.toolCalls().forEach(call -> calls.add(call(asked, calls.size(), call, call.arguments())));
        }
        ObjectNode body = shell(asked, "chat.completion");
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        choice.set("message", message);
        choice.putNull("logprobs").put("finish_reason", finish(said));
        if (said.reported()) {
            body.set("usage", usage(said.usage()));
        }
        return Json.bytes(body.put("service_tier", "default"));
    }

    @Override
    public List<StreamFrame> frames(SimulatedRequest asked, SimulatedCompletion said) {
        List<StreamFrame> frames = new ArrayList<>();
        frames.add(delta(
                asked, Kind.OPENING, Json.object().put("role", "assistant").put("content", ""), null));
        said.reasoning()
                .forEach(piece ->
                        frames.add(delta(asked, Kind.TOKEN, Json.object().put("reasoning_content", piece), null)));
        said.pieces()
                .forEach(piece ->
                        frames.add(delta(asked, Kind.TOKEN, Json.object().put("content", piece), null)));
        for (int i = 0; i < said.toolCalls().size(); i++) {
            frames.addAll(calling(asked, i, said.toolCalls().get(i)));
        }
        frames.add(delta(asked, Kind.FINISH, Json.object(), finish(said)));
        if (usageWanted(asked) && said.reported()) {
            ObjectNode chunk = shell(asked, "chat.completion.chunk");
            chunk.putArray("choices");
            chunk.set("usage", usage(said.usage()));
            frames.add(frame(Kind.FINISH, chunk));
        }
        frames.add(new StreamFrame(Kind.TERMINATOR, "data: [DONE]\n\n"));
        return frames;
    }

    @Override
    public Map<String, String> headers(SimulatedRequest asked) {
        return Map.of(
                "x-request-id",
                "req_sim_" + asked.number(),
                "openai-organization",
                "org-sim",
                "x-ratelimit-limit-requests",
                "10000",
                "x-ratelimit-remaining-requests",
                "9999",
                "x-ratelimit-reset-requests",
                "6ms");
    }

    @Override
    public String error(int status, String model, String retryAfter) {
        return Json.text(ProviderErrorBodies.openAi(status, model));
    }

    @Override
    public String errorEvent(SimulatedRequest asked, int status) {
        ObjectNode chunk = shell(asked, "chat.completion.chunk");
        chunk.putArray("choices");
        chunk.setAll(ProviderErrorBodies.openAi(status, asked.model()));
        return frame(Kind.FINISH, chunk).text();
    }

    @Override
    public String ping() {
        return ": keep-alive\n\n";
    }

    @Override
    public boolean mayCallTools(SimulatedRequest asked) {
        JsonNode messages = asked.body().path("messages");
        return !asked.body().path("tools").isEmpty()
                && messages.path(messages.size() - 1).path("role").asText().equals("user");
    }

    @Override
    public int toolResults(SimulatedRequest asked) {
        int count = 0;
        for (JsonNode message : asked.body().path("messages")) {
            count += message.path("role").asText().equals("tool") ? 1 : 0;
        }
        return count;
    }

    private static boolean usageWanted(SimulatedRequest asked) {
        return asked.body().path("stream_options").path("include_usage").asBoolean();
    }

    private static ObjectNode shell(SimulatedRequest asked, String object) {
        return Json.object()
                .put("id", "chatcmpl-sim-" + asked.number())
                .put("object", object)
                .put("created", CREATED)
                .put("model", asked.model());
    }

    private static StreamFrame delta(SimulatedRequest asked, Kind kind, ObjectNode delta, String finish) {
        ObjectNode chunk = shell(asked, "chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finish);
        return frame(kind, usageWanted(asked) ? chunk.putNull("usage") : chunk);
    }

    private static List<StreamFrame> calling(SimulatedRequest asked, int index, ToolUse call) {
        List<StreamFrame> frames = new ArrayList<>();
        ObjectNode start = Json.object().put("index", index).setAll(call(asked, index, call, ""));
        frames.add(calling(asked, Kind.STRUCTURE, start));
        for (String fragment : SimulatedCompletion.fragments(call.arguments())) {
            ObjectNode part = Json.object().put("index", index);
            part.putObject("function").put("arguments", fragment);
            frames.add(calling(asked, Kind.TOKEN, part));
        }
        return frames;
    }

    private static StreamFrame calling(SimulatedRequest asked, Kind kind, ObjectNode part) {
        ObjectNode delta = Json.object();
        delta.putArray("tool_calls").add(part);
        return delta(asked, kind, delta, null);
    }

    private static StreamFrame frame(Kind kind, ObjectNode chunk) {
        return new StreamFrame(kind, "data: " + Json.text(chunk) + "\n\n");
    }

    private static ObjectNode call(SimulatedRequest asked, int index, ToolUse call, String arguments) {
        ObjectNode node = Json.object()
                .put("id", "call_sim_" + asked.number() + "_" + index)
                .put("type", "function");
        node.putObject("function").put("name", call.name()).put("arguments", arguments);
        return node;
    }

    private static String finish(SimulatedCompletion said) {
        String usual = said.toolCalls().isEmpty() ? "stop" : "tool_calls";
        return said.finish() == null ? usual : said.finish();
    }

    private static ObjectNode usage(Usage usage) {
        ObjectNode node = Json.object()
                .put("prompt_tokens", usage.input())
                .put("completion_tokens", usage.output())
                .put("total_tokens", usage.total());
        node.putObject("prompt_tokens_details")
                .put("cached_tokens", usage.cached())
                .put("cache_write_tokens", usage.cacheWrite());
        node.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoning());
        return node;
    }
}
