package io.camelback.protocol.anthropic.provider;

import static io.camelback.testkit.AnthropicFixtures.object;
import static io.camelback.testkit.AnthropicFixtures.target;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequest.Effort;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.SamplingParameters;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The requests whose bodies stand in {@code fixtures/anthropic/<case>/request.json}. */
enum AnthropicRequestCases {
    PLAIN_TEXT(
            ChatRequest.builder("auto")
                    .message(Message.system("Be brief."))
                    .message(Message.user("Hello"))
                    .metadata("task_type", "chat")
                    .user("user-7f3")
                    .build(),
            target()),

    STREAM_WITHOUT_KNOWN_LIMIT(
            ChatRequest.builder("auto")
                    .message(Message.user("Hello"))
                    .streamUsage(true)
                    .build(),
            new ProviderModel("claude-next", 0, Set.of(), "anthropic"),
            true),

    SYSTEM_AND_DEVELOPER(
            ChatRequest.builder("auto")
                    .message(Message.system("You are a clerk."))
                    .message(new Message(
                            Role.DEVELOPER, List.of(new Part.Text("Answer in English."), new Part.Text(" "))))
                    .message(Message.user("Hi"))
                    .message(Message.assistant(new Part.Text("Hello.")))
                    .message(Message.system("The shop closes in five minutes."))
                    .message(Message.user("Anything else?"))
                    .build(),
            target()),

    LATE_SYSTEM_REFUSED(
            ChatRequest.builder("auto")
                    .message(Message.user("Hi"))
                    .message(Message.assistant(new Part.Text("Hello.")))
                    .message(Message.system("The shop closes in five minutes."))
                    .message(Message.user("Anything else?"))
                    .build(),
            target(UnsupportedParameter.LATE_SYSTEM)),

    TOOL_LOOP(
            ChatRequest.builder("auto")
                    .tool(Samples.WEATHER)
                    .toolChoice(ToolChoice.AUTO)
                    .parallelCalls(false)
                    .message(Message.user("Weather in Oslo and Rome?"))
                    .message(Message.assistant(
                            new Part.Text(""),
                            new Part.ToolCall(
                                    "call_1",
                                    "get_weather",
                                    "{\"city\":\"Oslo\",\"big\":12345678901234567890,\"f\":1.0}"),
                            new Part.ToolCall("call_2", "get_weather", "\"{\\\"city\\\":\\\"Rome\\\"}\"")))
                    .message(Message.toolResult("call_2", "21 C"))
                    .message(new Message(
                            Role.TOOL,
                            List.of(new Part.ToolResult("call_1", null, List.of(new Part.Text("no such city")), true))))
                    .message(Message.user("Go on."))
                    .build(),
            target()),

    BROKEN_HISTORY(
            ChatRequest.builder("auto")
                    .tool(Samples.WEATHER)
                    .message(Message.assistant(new Part.Text("Welcome back.")))
                    .message(new Message(
                            Role.TOOL,
                            List.of(new Part.ToolResult(
                                    "call_0", "get_weather", List.of(new Part.Text("3 C")), false))))
                    .message(Message.assistant(
                            new Part.ToolCall("fc.1|x", "get_weather", ""),
                            new Part.ToolCall("call_9", "get_weather", "{'city': 'Bonn'}")))
                    .message(Message.user("Well?"))
                    .message(Message.toolResult("fc.1|x", "first"))
                    .message(Message.toolResult("fc.1|x", "second"))
                    .build(),
            target()),

    TOOLS_ONLY_IN_HISTORY(
            ChatRequest.builder("auto")
                    .message(Message.user("Weather?"))
                    .message(Message.assistant(new Part.ToolCall("call_1", "get_weather", "{}")))
                    .message(Message.toolResult("call_1", "5 C"))
                    .message(Message.user("Thanks. Sum up."))
                    .build(),
            target()),

    TOOL_KINDS(
            ChatRequest.builder("auto")
                    .tool(new Tool("now", null, null, null))
                    .tool(new Tool("empty", " ", object("{}"), false))
                    .tool(new Tool("untyped", null, object("{\"properties\":{\"a\":{\"type\":\"string\"}}}"), null))
                    .tool(new Tool("strict", "Strict", Samples.CITY, true))
                    .toolChoice(ToolChoice.named("strict"))
                    .parallelCalls(false)
                    .message(Message.user("Go"))
                    .build(),
            target()),

    FORCED_CHOICE_REFUSED(
            ChatRequest.builder("auto")
                    .tool(Samples.WEATHER)
                    .toolChoice(ToolChoice.named("get_weather"))
                    .message(Message.system("Be brief."))
                    .message(Message.user("Oslo"))
                    .build(),
            target(UnsupportedParameter.FORCED_TOOL_CHOICE)),

    NO_CALLS_WANTED(
            ChatRequest.builder("auto")
                    .tool(Samples.WEATHER)
                    .toolChoice(ToolChoice.NONE)
                    .parallelCalls(false)
                    .message(Message.user("Weather?"))
                    .message(Message.assistant(new Part.ToolCall("call_1", "get_weather", "{\"city\":\"Oslo\"}")))
                    .message(Message.toolResult("call_1", "5 C"))
                    .build(),
            target()),

    IMAGES_AND_DOCUMENTS(
            ChatRequest.builder("auto")
                    .message(new Message(
                            Role.USER,
                            List.of(
                                    new Part.Text("Compare."),
                                    new Part.Image(new Media.Url("https://example.com/a.png"), "high"),
                                    new Part.Image(new Media.Inline("image/JPG", "/9j/4AAQ"), null),
                                    new Part.Image(new Media.FileId("anthropic", "file_011"), null),
                                    new Part.Document(new Media.Inline("application/pdf", "JVBERi0="), "bill.pdf"),
                                    new Part.Document(
                                            new Media.Inline("text/plain; charset=utf-8", "R3LDvMOfZQ=="), null),
                                    new Part.Document(new Media.Url("https://example.com/b.pdf"), null))))
                    .build(),
            target()),

    IMAGE_IN_A_RESULT(
            ChatRequest.builder("auto")
                    .tool(Samples.WEATHER)
                    .message(Message.user("Show me the map."))
                    .message(Message.assistant(new Part.ToolCall("call_1", "get_weather", "{}")))
                    .message(new Message(
                            Role.TOOL,
                            List.of(new Part.ToolResult(
                                    "call_1",
                                    "get_weather",
                                    List.of(
                                            new Part.Text("The map:"),
                                            new Part.Image(new Media.Inline("image/png", "iVBORw0="), null)),
                                    false))))
                    .build(),
            target()),

    OWN_THINKING_ONLY(
            ChatRequest.builder("auto")
                    .tool(Samples.WEATHER)
                    .effort(Effort.HIGH)
                    .message(Message.user("Weather in Oslo?"))
                    .message(Message.assistant(
                            new Part.Thinking("They want Oslo.", "EqQBCgIYAg==", null, "anthropic"),
                            new Part.Thinking("", null, "EmwKAhgBEgy3va3p", "anthropic"),
                            new Part.Thinking("", "EqQBomitted", null, "anthropic"),
                            new Part.Thinking("unsigned", "", null, "anthropic"),
                            new Part.Thinking("foreign", "Cg==", null, "gemini"),
                            new Part.ToolCall("toolu_1", "get_weather", "{\"city\":\"Oslo\"}")))
                    .message(Message.toolResult("toolu_1", "5 C"))
                    .build(),
            target()),

    JSON_SCHEMA(
            ChatRequest.builder("auto")
                    .message(Message.user("Oslo"))
                    .format(new ResponseFormat.JsonSchema("place", null, Samples.CITY, true))
                    .effort(Effort.MINIMAL)
                    .build(),
            target()),

    JSON_SCHEMA_REFUSED(
            ChatRequest.builder("auto")
                    .message(Message.user("Oslo"))
                    .format(new ResponseFormat.JsonSchema("place", null, object("{\"type\":\"object\"}"), true))
                    .build(),
            target(UnsupportedParameter.JSON_SCHEMA)),

    JSON_MODE(
            ChatRequest.builder("auto")
                    .message(Message.system("Extract."))
                    .message(Message.user("Oslo"))
                    .format(new ResponseFormat.Json())
                    .build(),
            target()),

    SAMPLING(
            ChatRequest.builder("auto")
                    .message(Message.user("Hi"))
                    .maxOutputTokens(100000)
                    .sampling(new SamplingParameters(
                            new BigDecimal("1.7"),
                            new BigDecimal("0.9"),
                            40,
                            7L,
                            BigDecimal.ONE,
                            BigDecimal.ONE,
                            List.of("END", " \n")))
                    .build(),
            target()),

    PREFILL_TAKEN(
            ChatRequest.builder("auto")
                    .message(Message.user("List"))
                    .message(Message.assistant(new Part.Text("1. \n")))
                    .build(),
            target()),

    PREFILL_REFUSED(
            ChatRequest.builder("auto")
                    .message(Message.user("List"))
                    .message(Message.assistant(new Part.Refusal("I will not. ")))
                    .build(),
            target(UnsupportedParameter.PREFILL)),

    ONLY_SYSTEM(
            ChatRequest.builder("auto").message(Message.system("Say hello.")).build(), target());

    final ChatRequest request;
    final ProviderModel target;
    final boolean stream;

    AnthropicRequestCases(ChatRequest request, ProviderModel target) {
        this(request, target, false);
    }

    AnthropicRequestCases(ChatRequest request, ProviderModel target, boolean stream) {
        this.request = request;
        this.target = target;
        this.stream = stream;
    }

    String fixture() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + "/request.json";
    }

    /** An enum's constants cannot use its own static fields. */
    private static final class Samples {
        static final ObjectNode CITY = object("""
                {"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer","minimum":1}},
                "required":["city"]}""");
        static final Tool WEATHER = new Tool("get_weather", "The weather in a city", CITY, null);
    }
}
