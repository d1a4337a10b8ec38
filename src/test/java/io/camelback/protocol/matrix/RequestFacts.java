package io.camelback.protocol.matrix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.SamplingParameters;
import io.camelback.chat.Tool;
import io.camelback.json.Json;
import io.camelback.testkit.JsonMeaning;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a request says, one fact a line, in a form that no dialect's habits change: texts of one speaker that follow
 * each other are one, calls are named by their number and not by their id, JSON is compared by meaning.
 */
final class RequestFacts {
    private final List<String> facts = new ArrayList<>();
    private final Map<String, Integer> calls = new HashMap<>();
    private String speaker;
    private String said = "";

    private RequestFacts() {}

    static List<String> of(ChatRequest request) {
        RequestFacts writer = new RequestFacts();
        request.messages().forEach(writer::message);
        writer.flush();
        request.tools().forEach(writer::tool);
        writer.settings(request);
        return writer.facts;
    }

    private void message(Message message) {
        String role = message.role() == Role.DEVELOPER
                ? "system"
                : message.role().name().toLowerCase(Locale.ROOT);
        if (message.name() != null) {
            fact(message.role() + " is named " + message.name());
        }
        message.parts().forEach(part -> part(role, part));
    }

    private void part(String role, Part part) {
        if (part instanceof Part.Text text) {
            say(role, text.text());
        } else if (part instanceof Part.Refusal refusal) {
            fact(role + " declines: " + refusal.text());
        } else if (part instanceof Part.ToolCall call) {
            String id = "call " + calls.computeIfAbsent(call.id(), any -> calls.size() + 1);
            fact(id + " is " + call.name() + " " + json(call.arguments()));
            if (call.signature() != null) {
                fact(id + " is signed " + call.signature());
            }
        } else if (part instanceof Part.ToolResult result) {
            String id = "result of call " + calls.getOrDefault(result.callId(), 0);
            fact(id + (result.error() ? " is an error: " : ": ") + Part.text(result.content(), "\n"));
            result.content().forEach(content -> media(id, content));
        } else if (part instanceof Part.Thinking thinking) {
            fact("thinks for " + thinking.origin() + ": " + thinking);
        } else {
            media(role, part);
        }
    }

    private void media(String owner, Part part) {
        if (part instanceof Part.Image image) {
            fact(owner + " shows image " + image.media());
            if (image.detail() != null && !image.detail().equals("auto")) {
                fact("detail " + image.detail());
            }
        } else if (part instanceof Part.Document document) {
            fact(owner + " shows file " + document.media());
            if (document.name() != null) {
                fact("file name " + document.name());
            }
        } else if (part instanceof Part.Audio audio) {
            fact(owner + " plays " + audio.format() + " " + audio.media());
        }
    }

    private void say(String role, String text) {
        if (text.isBlank()) {
            return;
        }
        if (!role.equals(speaker)) {
            flush();
        }
        speaker = role;
        said = said.isEmpty() ? text : said.stripTrailing() + "\n\n" + text;
    }

    private void flush() {
        if (!said.isEmpty()) {
            facts.add(speaker + " says: " + said.replace("\n", "\\n"));
        }
        speaker = null;
        said = "";
    }

    private void fact(String fact) {
        flush();
        facts.add(fact.replace("\n", "\\n"));
    }

    private void tool(Tool tool) {
        fact("tool " + tool.name() + ": " + tool.description());
        fact("tool " + tool.name() + " takes " + schema(tool.parameters()));
        if (Boolean.TRUE.equals(tool.strict())) {
            fact("tool " + tool.name() + " is strict");
        }
    }

    private void settings(ChatRequest request) {
        setting(
                "tool choice",
                request.toolChoice() == null ? null : request.toolChoice().mode());
        setting(
                "tool to choose",
                request.toolChoice() == null ? null : request.toolChoice().name());
        setting("parallel calls", request.parallelCalls());
        format(request.format());
        SamplingParameters sampling = request.sampling();
        number("temperature", sampling.temperature());
        number("top_p", sampling.topP());
        setting("top_k", sampling.topK());
        setting("seed", sampling.seed());
        number("presence penalty", sampling.presencePenalty());
        number("frequency penalty", sampling.frequencyPenalty());
        sampling.stop().forEach(stop -> setting("stop", "\"" + stop + "\""));
        setting("max output", request.maxOutputTokens());
        setting("effort", request.effort());
        setting("candidates", request.candidates() == 1 ? null : request.candidates());
        setting("logprobs", request.logprobs());
        setting("user", request.user());
        request.metadata().forEach((key, value) -> setting("label " + key, value));
    }

    private void format(ResponseFormat format) {
        if (format instanceof ResponseFormat.JsonSchema schema) {
            setting("format schema", schema(schema.schema()));
            setting("format name", schema.name());
            setting("format description", schema.description());
            setting("format strict", Boolean.TRUE.equals(schema.strict()) ? Boolean.TRUE : null);
        } else {
            setting("format", format);
        }
    }

    private void number(String name, BigDecimal value) {
        setting(name, value == null ? null : value.stripTrailingZeros().toPlainString());
    }

    private void setting(String name, Object value) {
        if (value != null) {
            fact(name + " = " + value);
        }
    }

    private static String schema(ObjectNode schema) {
        return schema == null ? "{\"properties\":{},\"type\":\"object\"}" : JsonMeaning.of(schema);
    }

    private static String json(String text) {
        try {
            JsonNode value = text == null || text.isBlank() ? Json.object() : Json.read(text);
            return JsonMeaning.of(value);
        } catch (JsonProcessingException broken) {
            return text;
        }
    }
}
