package io.camelback.protocol.gemini.provider;

import static io.camelback.protocol.gemini.provider.GeminiRequestSamples.call;
import static io.camelback.protocol.gemini.provider.GeminiRequestSamples.city;
import static io.camelback.protocol.gemini.provider.GeminiRequestSamples.schemaAndTools;
import static io.camelback.protocol.gemini.provider.GeminiRequestSamples.weather;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.SamplingParameters;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.testkit.GeminiFixtures;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The requests whose bodies stand in {@code fixtures/gemini/<case>/request.json}. */
enum GeminiRequestCases {
    SAMPLING("gemini-2.0-flash", 8192, Set.of()) {
        @Override
        ChatRequest request() {
            return ChatRequest.builder("auto")
                    .message(Message.system("You are terse."))
                    .message(new Message(Message.Role.DEVELOPER, List.of(new Part.Text("Answer in French."))))
                    .message(new Message(Message.Role.USER, List.of(new Part.Text("Hi")), "ann"))
                    .sampling(new SamplingParameters(
                            new BigDecimal("0.0"),
                            new BigDecimal("1"),
                            40,
                            5_000_000_000L,
                            new BigDecimal("0.5"),
                            new BigDecimal("-1.25"),
                            List.of("", "END", "\n\n")))
                    .maxOutputTokens(100_000)
                    .parallelCalls(false)
                    .user("u-1")
                    .metadata("team", "red")
                    .stream(true)
                    .streamUsage(true)
                    .build();
        }
    },
    TURN_SHAPES("gemini-2.5-flash", 0, Set.of()) {
        @Override
        ChatRequest request() {
            return ChatRequest.builder("auto")
                    .message(Message.assistant(new Part.Text("Hello, how can I help?")))
                    .message(Message.user("One"))
                    .message(Message.assistant(new Part.Text(""), new Part.Thinking("hm", "EqQB", null, "anthropic")))
                    .message(Message.system("Only metric units."))
                    .message(Message.user(""))
                    .message(Message.user("Two"))
                    .message(Message.assistant(new Part.Text("A"), new Part.Refusal("I cannot help with that.")))
                    .message(Message.assistant(new Part.Thinking("", null, "b64", "anthropic"), new Part.Text("B")))
                    .build();
        }
    },
    PARALLEL_RESULTS("gemini-2.5-pro", 0, Set.of()) {
        @Override
        ChatRequest request() {
            return ChatRequest.builder("auto")
                    .message(Message.user("Weather in Paris and Rome, a map, and the news?"))
                    .message(Message.assistant(
                            new Part.Text("Looking."),
                            call("c1", "weather", "{\"city\":\"Paris\",\"days\":1.0}"),
                            call("c2", "weather", "{\"city\":\"Rome\"}"),
                            call("c3", "map", ""),
                            call("c4", "news", "{}")))
                    .message(new Message(
                            Message.Role.TOOL,
                            List.of(new Part.ToolResult(
                                    "c3",
                                    null,
                                    List.of(new Part.Image(new Part.Media.Inline("image/png", "iVBO"), null)),
                                    false))))
                    .message(Message.user("Hurry."))
                    .message(new Message(
                            Message.Role.TOOL,
                            List.of(
                                    new Part.ToolResult("c2", null, List.of(new Part.Text("quota spent")), true),
                                    new Part.ToolResult(
                                            "c1",
                                            "weather",
                                            List.of(new Part.Text("{\"t\":21}"), new Part.Text("sunny")),
                                            false))))
                    .build();
        }
    },
    STRAY_RESULTS("gemini-2.5-flash", 0, Set.of()) {
        @Override
        ChatRequest request() {
            return ChatRequest.builder("auto")
                    .message(new Message(
                            Message.Role.TOOL,
                            List.of(
                                    new Part.ToolResult("old", "search", List.of(new Part.Text("42")), false),
                                    new Part.ToolResult("older", null, List.of(new Part.Text("boom")), true))))
                    .message(Message.assistant(call("call_0", "a", "{}")))
                    .message(Message.assistant(call("call_1", "b", "{}")))
                    .message(Message.toolResult("call_1", "first b"))
                    .message(Message.toolResult("call_0", "a"))
                    .message(Message.toolResult("call_1", "last b"))
                    .message(Message.assistant(call("call_0", "c", "{}")))
                    .message(Message.toolResult("call_0", "c"))
                    .build();
        }
    },
    SIGNATURES("gemini-3.1-pro-preview", 0, Set.of()) {
        @Override
        ChatRequest request() {
            return ChatRequest.builder("auto")
                    .message(Message.user("First"))
                    .message(Message.assistant(call("p1", "get", "{\"a\":1}")))
                    .message(Message.toolResult("p1", "one"))
                    .message(Message.assistant(new Part.Text("Done.")))
                    .message(Message.user("Second"))
                    .message(Message.assistant(
                            new Part.ToolCall("q1", "get", "{\"a\":2}", "CgSIG"), call("q2", "get", "{\"a\":3}")))
                    .message(Message.toolResult("q1", "two"))
                    .message(Message.toolResult("q2", "three"))
                    .message(Message.assistant(
                            new Part.Text("More."), call("r1", "get", "{\"a\":4}"), call("r2", "get", "{\"a\":5}")))
                    .message(Message.toolResult("r1", "four"))
                    .message(Message.toolResult("r2", "five"))
                    .build();
        }
    },
    ARGUMENTS("gemini-2.5-flash", 0, Set.of()) {
        @Override
        ChatRequest request() {
            return ChatRequest.builder("auto")
                    .message(Message.user("go"))
                    .message(Message.assistant(
                            call("1", "t", null),
                            call("2", "t", "null"),
                            call("3", "t", "\"{\\\"a\\\":1}\""),
                            call("4", "t", "{'a': 1}"),
                            call("5", "t", "{\"a\":1}{\"b\":2}"),
                            call("6", "t", "[1]"),
                            call("7", "t", "{\"b\":12345678901234567890,\"a\":1.50}"),
                            call("8", "t", "{\"a\":\"tru")))
                    .build();
        }
    },
    MEDIA("gemini-2.5-flash", 0, Set.of()) {
        @Override
        ChatRequest request() {
            return ChatRequest.builder("auto")
                    .message(new Message(
                            Message.Role.USER,
                            List.of(
                                    new Part.Text("What is this?"),
                                    new Part.Image(new Part.Media.Inline("image/jpg", "/9j/"), "high"),
                                    new Part.Image(new Part.Media.Url("https://example.com/cat.PNG?size=2"), null),
                                    new Part.Image(new Part.Media.Url("https://example.com/cat"), null),
                                    new Part.Image(
                                            new Part.Media.FileId(
                                                    "gemini",
                                                    "https://generativelanguage.googleapis.com/v1beta/files/x"),
                                            null),
                                    new Part.Document(new Part.Media.Inline("application/pdf", "JVBE"), "a.pdf"),
                                    new Part.Document(new Part.Media.Url("https://example.com/a.csv"), null),
                                    new Part.Document(new Part.Media.Url("gs://bucket/a"), null),
                                    new Part.Audio(new Part.Media.Inline(null, "UklG"), "wav"),
                                    new Part.Audio(new Part.Media.Inline("audio/mpeg", "SUQz"), "mp3"))))
                    .build();
        }
    },
    TOOLS("gemini-2.5-flash", 0, Set.of()) {
        @Override
        ChatRequest request() {
            return ChatRequest.builder("auto")
                    .message(Message.user("Weather?"))
                    .tool(weather())
                    .tool(new Tool(
                            "mcp.server:list-all",
                            "",
                            GeminiFixtures.parse("{\"type\":\"object\",\"properties\":{}}"),
                            null))
                    .tool(new Tool("now", null, null, null))
                    .toolChoice(ToolChoice.named("weather"))
                    .build();
        }
    },
    FORCED_TOOL_REFUSED("gemini-2.5-flash", 0, Set.of(UnsupportedParameter.FORCED_TOOL_CHOICE)) {
        @Override
        ChatRequest request() {
            return ChatRequest.builder("auto")
                    .message(Message.system("Be kind."))
                    .message(Message.user("Weather?"))
                    .tool(new Tool("now", "The time", null, null))
                    .toolChoice(ToolChoice.named("now"))
                    .build();
        }
    },
    SCHEMA_AND_TOOLS("gemini-3-flash-preview", 65536, Set.of()) {
        @Override
        ChatRequest request() {
            return schemaAndTools();
        }
    },
    SCHEMA_AND_TOOLS_OLD("gemini-2.5-flash", 65536, Set.of()) {
        @Override
        ChatRequest request() {
            return schemaAndTools();
        }
    },
    SCHEMA_REFUSED("gemini-2.5-flash", 0, Set.of(UnsupportedParameter.JSON_SCHEMA)) {
        @Override
        ChatRequest request() {
            return ChatRequest.builder("auto")
                    .message(Message.user("Paris?"))
                    .format(city())
                    .build();
        }
    },
    JSON_MODE("gemini-2.5-flash", 0, Set.of()) {
        @Override
        ChatRequest request() {
            return ChatRequest.builder("auto")
                    .message(Message.user("Paris?"))
                    .format(new ResponseFormat.Json())
                    .build();
        }
    },
    GEMMA("models/gemma-3-27b-it", 0, Set.of(UnsupportedParameter.JSON_MODE)) {
        @Override
        ChatRequest request() {
            return ChatRequest.builder("auto")
                    .message(Message.system("Be kind."))
                    .message(Message.user("Paris?"))
                    .format(new ResponseFormat.Json())
                    .effort(ChatRequest.Effort.HIGH)
                    .build();
        }
    },
    EVERYTHING_REFUSED(
            "gemini-2.0-flash",
            0,
            EnumSet.complementOf(EnumSet.of(UnsupportedParameter.TOOLS, UnsupportedParameter.IMAGES))) {
        @Override
        ChatRequest request() {
            return ChatRequest.builder("auto")
                    .message(Message.user("Hi"))
                    .message(Message.assistant(new Part.Text("{")))
                    .sampling(new SamplingParameters(
                            BigDecimal.ONE, BigDecimal.ONE, 1, 1L, BigDecimal.ONE, BigDecimal.ONE, List.of("x")))
                    .tool(new Tool("now", "The time", null, true))
                    .toolChoice(ToolChoice.REQUIRED)
                    .format(new ResponseFormat.Json())
                    .effort(ChatRequest.Effort.LOW)
                    .maxOutputTokens(5)
                    .build();
        }
    },
    SYSTEM_ONLY("gemini-2.5-flash", 0, Set.of()) {
        @Override
        ChatRequest request() {
            return ChatRequest.builder("auto")
                    .message(Message.system("Tell a joke."))
                    .build();
        }
    };

    private final String model;
    private final int maxOutput;
    private final Set<UnsupportedParameter> refuses;

    GeminiRequestCases(String model, int maxOutput, Set<UnsupportedParameter> refuses) {
        this.model = model;
        this.maxOutput = maxOutput;
        this.refuses = refuses;
    }

    abstract ChatRequest request();

    ProviderModel target() {
        return new ProviderModel(model, maxOutput, refuses, "gemini");
    }

    String fixture() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + "/request.json";
    }
}
