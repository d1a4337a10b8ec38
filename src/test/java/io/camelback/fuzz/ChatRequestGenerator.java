package io.camelback.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.fuzz.RandomConversation.Piece;
import io.camelback.fuzz.RandomConversation.Turn;
import io.camelback.json.Json;
import io.camelback.testkit.validation.MessagesRequestValidator;
import java.util.List;

/** Requests for Chat Completions, as clients write them. */
final class ChatRequestGenerator {
    private static final List<String> NAMES = List.of(
            "read_file", "mcp__fs__search", "a-b", "t".repeat(64), "9lives", "_x", "Bash", "web_search", "get", "z9");

    private static final List<String> OPTIONS = List.of(
            "n=1",
            "stop=[]",
            "logit_bias={}",
            "modalities=['text']",
            "prediction={'type':'content','content':'x'}",
            "seed=123456789012",
            "presence_penalty=0.5",
            "frequency_penalty=-0.5",
            "logprobs=false",
            "service_tier='auto'",
            "store=true",
            "verbosity='low'",
            "prompt_cache_key='k'",
            "safety_identifier='s'",
            "reasoning_effort='minimal'",
            "reasoning_effort='xhigh'",
            "max_completion_tokens=5000",
            "max_tokens=77",
            "top_p=0.9",
            "temperature=2",
            "response_format={'type':'text'}",
            "tool_choice='auto'",
            "parallel_tool_calls=true",
            "metadata={'a':'b'}",
            "prompt_cache_retention='24h'",
            "user='u'");

    private final SeededChoice choice;
    private final ObjectNode body = Json.object();
    private final ArrayNode messages;

    private ChatRequestGenerator(SeededChoice choice) {
        this.choice = choice;
        body.put("model", "auto");
        messages = body.putArray("messages");
    }

    static ObjectNode next(SeededChoice choice) {
        return new ChatRequestGenerator(choice).write();
    }

    private ObjectNode write() {
        List<RandomTools.Definition> tools = RandomTools.of(choice, NAMES);
        RandomConversation.of(choice, tools).forEach(this::turn);
        tools(tools);
        if (choice.oneIn(15) && !body.has("tools")) {
            legacy();
        }
        options();
        choice.options(body, OPTIONS);
        if (body.path("stream").asBoolean() && choice.oneIn(2)) {
            body.putObject("stream_options").put("include_usage", choice.oneIn(2));
        }
        choice.extras(body, 4);
        return body;
    }

    /** Functions as they were before there were tools. */
    private void legacy() {
        body.putArray("functions")
                .addObject()
                .put("name", "old_one")
                .putObject("parameters")
                .put("type", "object");
        message("assistant")
                .putNull("content")
                .putObject("function_call")
                .put("name", "old_one")
                .put("arguments", "{}");
        message("function").put("name", "old_one").put("content", choice.maybeWords());
        message("user").put("content", "go on");
        if (choice.oneIn(3)) {
            body.put("function_call", "auto");
        }
    }

    private void options() {
        choice.nulls(
                body,
                3,
                "temperature",
                "stop",
                "seed",
                "tools",
                "tool_choice",
                "max_tokens",
                "functions",
                "user",
                "response_format",
                "reasoning_effort",
                "logprobs",
                "metadata",
                "stream_options",
                "n");
        if (choice.oneIn(4)) {
            body.set(
                    choice.of("reasoning", "thinking", "reasoning_effort", "enable_thinking"),
                    SeededChoice.json(choice.of(
                            "{\"effort\":\"high\"}",
                            "{\"type\":\"disabled\"}",
                            "{\"max_tokens\":2000}",
                            "{\"type\":\"enabled\",\"budget_tokens\":4000}")));
            if (body.path("reasoning_effort").isObject()) {
                body.put("reasoning_effort", choice.of("low", "medium", "high"));
            }
        }
        if (choice.oneIn(3)) {
            body.put(choice.of("max_tokens", "max_completion_tokens"), choice.of(1, 100, 40000));
        }
        if (choice.oneIn(4)) {
            body.put(choice.of("temperature", "top_p"), choice.of(0.0, 0.5, 1.0));
        }
        if (choice.oneIn(5)) {
            body.set("stop", SeededChoice.json(choice.of("\"END\"", "[\"a\",\"b\"]", "[\" \"]", "[\"\\n\"]")));
        }
        if (choice.oneIn(5)) {
            body.set(
                    "metadata",
                    SeededChoice.json(choice.of("{}", "{\"tags\":[\"a\"],\"n\":1,\"z\":null}", "{\"k\":\"v\"}")));
        }
        if (choice.oneIn(6)) {
            body.set(
                    "response_format",
                    SeededChoice.json(
                            choice.of(
                                    "{\"type\":\"text\"}",
                                    "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"r\",\"schema\":{\"type\":\"object\",\"properties\":{}}}}")));
        }
        if (choice.oneIn(3)) {
            body.put("stream", choice.oneIn(2));
        }
        if (choice.oneIn(6)) {
            body.put("user", choice.oneIn(2) ? "u1" : "user_".repeat(20));
        }
    }

    private void tools(List<RandomTools.Definition> tools) {
        if (tools.isEmpty()) {
            if (choice.oneIn(3)) {
                body.putArray("tools");
                body.put("tool_choice", choice.of("auto", "none"));
            }
            return;
        }
        ArrayNode list = body.putArray("tools");
        for (RandomTools.Definition tool : tools) {
            ObjectNode written = list.addObject().put("type", "function");
            ObjectNode function = choice.oneIn(6) ? written : written.putObject("function");
            function.put("name", tool.name());
            if (tool.description() != null) {
                function.put("description", tool.description());
            }
            if (tool.schema() != null) {
                function.set("parameters", tool.schema());
            }
            choice.nulls(function, 5, "strict", "description", "parameters");
            choice.extras(written, 8);
            if (choice.oneIn(9)) {
                written.putObject("cache_control").put("type", "ephemeral");
            }
        }
        if (choice.oneIn(12)) {
            list.addObject()
                    .put("type", "custom")
                    .putObject("custom")
                    .put("name", "ApplyPatch")
                    .put("description", "d");
        }
        if (choice.oneIn(3)) {
            String name = tools.get(0).name();
            body.set(
                    "tool_choice",
                    SeededChoice.json(choice.of(
                            "\"auto\"",
                            "\"none\"",
                            "\"required\"",
                            "{\"type\":\"function\",\"function\":{\"name\":\"" + name + "\"}}",
                            "{\"type\":\"function\",\"name\":\"" + name + "\"}")));
            body.put("parallel_tool_calls", choice.oneIn(2));
        }
    }

    private void turn(Turn turn) {
        switch (turn.role()) {
            case SYSTEM -> said(choice.oneIn(4) ? "developer" : "system", turn.pieces());
            case USER -> said("user", turn.pieces());
            case ASSISTANT -> assistant(turn.pieces());
            case RESULTS -> turn.pieces().forEach(piece -> result((RandomConversation.Result) piece));
        }
    }

    private ObjectNode message(String role) {
        return messages.addObject().put("role", role);
    }

    private void said(String role, List<Piece> pieces) {
        ObjectNode message = message(role);
        if (pieces.size() == 1 && pieces.get(0) instanceof RandomConversation.Words only && !choice.oneIn(4)) {
            message.put("content", only.text());
        } else {
            ArrayNode parts = message.putArray("content");
            pieces.forEach(piece -> part(parts, piece));
        }
        choice.nulls(message, 8, "name");
        choice.extras(message, 12);
        if (choice.oneIn(15)) {
            message.put("name", "Ann");
        }
    }

    private void part(ArrayNode parts, Piece piece) {
        ObjectNode part = parts.addObject();
        if (piece instanceof RandomConversation.Words words) {
            part.put("type", choice.oneIn(12) ? "input_text" : "text").put("text", words.text());
        } else if (piece instanceof RandomConversation.Picture picture) {
            String url = url(picture);
            part.put("type", "image_url");
            if (choice.oneIn(8)) {
                part.put("image_url", url);
            } else {
                part.putObject("image_url").put("url", url);
            }
        } else if (piece instanceof RandomConversation.Pdf pdf) {
            ObjectNode file = part.put("type", "file")
                    .putObject("file")
                    .put("file_data", "data:application/pdf;base64,JVBERi0xLjQ=");
            if (pdf.name() != null) {
                file.put("filename", pdf.name());
            }
        } else {
            part.put("type", "input_audio")
                    .putObject("input_audio")
                    .put("data", "UklGRiQAAABXQVZF")
                    .put("format", "wav");
        }
        if (choice.oneIn(15)) {
            part.putObject("cache_control").put("type", "ephemeral");
        }
    }

    static String url(RandomConversation.Picture picture) {
        return picture.data() == null
                ? "https://example.com/a.png"
                : "data:" + picture.label() + ";base64," + picture.data();
    }

    private void assistant(List<Piece> pieces) {
        ObjectNode message = message("assistant");
        ArrayNode calls = Json.array();
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece instanceof RandomConversation.Words words) {
                text.append(words.text());
            } else if (piece instanceof RandomConversation.Refusal refusal) {
                message.put("refusal", refusal.text());
            } else if (piece instanceof RandomConversation.Thought thought) {
                thought(message, thought);
            } else if (piece instanceof RandomConversation.Call call) {
                calls.addObject()
                        .put("id", call.id())
                        .put("type", "function")
                        .putObject("function")
                        .put("name", call.name())
                        .put("arguments", choice.oneIn(12) ? "" : Json.text(call.arguments()));
            }
        }
        content(message, text.toString());
        if (!calls.isEmpty() || choice.oneIn(6)) {
            message.set("tool_calls", calls);
        }
        choice.nulls(message, 3, "function_call", "audio", "refusal", "tool_calls", "reasoning_content", "name");
        if (choice.oneIn(6)) {
            message.putArray("annotations");
        }
        choice.extras(message, 10);
    }

    private void content(ObjectNode message, String text) {
        if (text.isEmpty()) {
            switch (choice.below(4)) {
                case 0 -> message.putNull("content");
                case 1 -> message.put("content", "");
                case 2 -> message.putArray("content");
                default -> message.remove("content");
            }
        } else if (choice.oneIn(5)) {
            ArrayNode parts = message.putArray("content");
            if (choice.oneIn(3)) {
                parts.addObject()
                        .put("type", "thinking")
                        .putArray("thinking")
                        .addObject()
                        .put("type", "text")
                        .put("text", "17*20");
            }
            parts.addObject()
                    .put("type", choice.oneIn(6) ? "output_text" : "text")
                    .put("text", text);
        } else {
            message.put("content", text);
        }
    }

    private void thought(ObjectNode message, RandomConversation.Thought thought) {
        if (thought.own()) {
            message.put(choice.of("reasoning_content", "reasoning"), thought.text());
        } else {
            message.putArray("thinking_blocks")
                    .addObject()
                    .put("type", "thinking")
                    .put("thinking", thought.text())
                    .put("signature", MessagesRequestValidator.SIGNATURE + "ZQ==");
        }
    }

    private void result(RandomConversation.Result result) {
        ObjectNode message = message("tool").put("tool_call_id", result.call().id());
        if (choice.oneIn(6)) {
            message.put("name", result.call().name());
        }
        List<Piece> pieces = result.pieces();
        if (pieces.isEmpty() && choice.oneIn(2)) {
            choice.nulls(message, 2, "content");
        } else if (pieces.stream().allMatch(RandomConversation.Words.class::isInstance) && !choice.oneIn(4)) {
            StringBuilder text = new StringBuilder();
            pieces.forEach(piece -> text.append(((RandomConversation.Words) piece).text()));
            message.put("content", text.toString());
        } else {
            ArrayNode parts = message.putArray("content");
            pieces.forEach(piece -> part(parts, piece));
        }
    }
}
