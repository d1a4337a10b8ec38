package io.camelback.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
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

    private ChatRequestGenerator(SeededChoice choice) {
        this.choice = choice;
        body.put("model", "auto");
    }

    static ObjectNode next(SeededChoice choice) {
        return new ChatRequestGenerator(choice).write();
    }

    private ObjectNode write() {
        List<RandomTools.Definition> tools = RandomTools.of(choice, NAMES);
        ChatMessageGenerator messages = new ChatMessageGenerator(choice, body.putArray("messages"));
        RandomConversation.of(choice, tools).forEach(messages::turn);
        tools(tools);
        if (choice.oneIn(15) && !body.has("tools")) {
            messages.legacy(body);
        }
        options();
        choice.options(body, OPTIONS);
        if (body.path("stream").asBoolean() && choice.oneIn(2)) {
            body.putObject("stream_options").put("include_usage", choice.oneIn(2));
        }
        choice.extras(body, 4);
        return body;
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
}
