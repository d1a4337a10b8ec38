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

/**
 * generateContent: docs/wire-formats.md 2.1, 3.4. A tool call is one token: Gemini sends it whole. A stream asked for
 * without {@code alt=sse} is a JSON array.
 */
final class GeminiAnswerFormatter implements AnswerFormatter {
    private static final String SIGNATURE = "c2ltdWxhdGVkLXRob3VnaHQ=";

    @Override
    public byte[] json(SimulatedRequest asked, SimulatedCompletion said) {
        ArrayNode parts = Json.object().putArray("parts");
        if (!said.reasoning().isEmpty()) {
            parts.add(thought(String.join("", said.reasoning())));
        }
        if (!said.text().isEmpty()) {
            parts.addObject().put("text", said.text());
        }
        said.toolCalls().forEach(call -> parts.add(call(call)));
        ObjectNode body = response(asked, said, parts, true);
        return Json.bytes(asked.asArray() ? Json.of(List.of(body)) : body);
    }

    @Override
    public List<StreamFrame> frames(SimulatedRequest asked, SimulatedCompletion said) {
        List<StreamFrame> frames = new ArrayList<>();
        said.reasoning().forEach(piece -> frames.add(token(asked, said, thought(piece))));
        said.pieces()
                .forEach(piece -> frames.add(token(asked, said, Json.object().put("text", piece))));
        said.toolCalls().forEach(call -> frames.add(token(asked, said, call(call))));
        ArrayNode nothing = Json.object().putArray("parts");
        if (!frames.isEmpty()) {
            nothing.addObject().put("text", "");
        }
        frames.add(frame(Kind.FINISH, response(asked, said, nothing, true)));
        return frames;
    }

    @Override
    public Map<String, String> headers(SimulatedRequest asked) {
        return Map.of("Server", "scaffolding on HTTPServer2");
    }

    @Override
    public String error(int status, String model, String retryAfter) {
        return Json.text(ProviderErrorBodies.gemini(status, model, retryAfter));
    }

    @Override
    public String errorEvent(SimulatedRequest asked, int status) {
        return frame(Kind.FINISH, ProviderErrorBodies.gemini(status, asked.model(), null))
                .text();
    }

    @Override
    public String ping() {
        return ": keep-alive\r\n\r\n";
    }

    @Override
    public boolean mayCallTools(SimulatedRequest asked) {
        JsonNode contents = asked.body().path("contents");
        JsonNode last = contents.path(contents.size() - 1);
        return !asked.body().path("tools").isEmpty()
                && last.path("role").asText("user").equals("user")
                && StreamSupport.stream(last.path("parts").spliterator(), false)
                        .noneMatch(part -> part.has("functionResponse"));
    }

    @Override
    public int toolResults(SimulatedRequest asked) {
        int count = 0;
        for (JsonNode content : asked.body().path("contents")) {
            for (JsonNode part : content.path("parts")) {
                count += part.has("functionResponse") ? 1 : 0;
            }
        }
        return count;
    }

    private static ObjectNode thought(String text) {
        return Json.object().put("text", text).put("thought", true);
    }

    private static ObjectNode call(ToolUse call) {
        ObjectNode part = Json.object();
        part.putObject("functionCall").put("name", call.name()).set("args", call.input());
        return part.put("thoughtSignature", SIGNATURE);
    }

    private static StreamFrame token(SimulatedRequest asked, SimulatedCompletion said, ObjectNode part) {
        return frame(
                Kind.TOKEN,
                response(asked, said, Json.object().putArray("parts").add(part), false));
    }

    private static StreamFrame frame(Kind kind, ObjectNode chunk) {
        return new StreamFrame(kind, "data: " + Json.text(chunk) + "\r\n\r\n");
    }

    private static ObjectNode response(
            SimulatedRequest asked, SimulatedCompletion said, ArrayNode parts, boolean last) {
        ObjectNode body = Json.object();
        ObjectNode candidate = body.putArray("candidates").addObject();
        ObjectNode content = candidate.putObject("content");
        if (!parts.isEmpty()) {
            content.set("parts", parts);
        }
        content.put("role", "model");
        if (last) {
            candidate.put("finishReason", said.finish() == null ? "STOP" : said.finish());
        }
        candidate.put("index", 0);
        if (said.reported()) {
            body.set("usageMetadata", usage(said.usage(), last));
        }
        return body.put("modelVersion", asked.model()).put("responseId", "sim-" + asked.number());
    }

    /** Gemini counts thoughts beside the answer, not in it, and tells both when it is done. */
    private static ObjectNode usage(Usage usage, boolean last) {
        ObjectNode node = Json.object().put("promptTokenCount", usage.input());
        if (usage.cached() > 0) {
            node.put("cachedContentTokenCount", usage.cached());
        }
        if (last) {
            node.put("candidatesTokenCount", usage.output() - usage.reasoning())
                    .put("thoughtsTokenCount", usage.reasoning());
        }
        return node.put("totalTokenCount", last ? usage.total() : usage.input());
    }
}
