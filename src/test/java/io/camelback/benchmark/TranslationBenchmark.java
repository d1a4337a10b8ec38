package io.camelback.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.Tool;
import io.camelback.json.Json;
import io.camelback.protocol.ToolNames;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A conversation of twenty messages with ten tools and five calls, from the JSON tree of a caller to that of a
 * provider, for each pair of dialects. The goal is less than 50 µs in the median.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class TranslationBenchmark {
    private static final int TURNS = 5;
    private static final int TOOLS = 10;

    @Param
    public BenchmarkProtocol endpoint;

    @Param
    public BenchmarkProtocol target;

    private ObjectNode body;

    /** Writes the conversation as the endpoint's own callers do. */
    @Setup
    public void write() {
        body = endpoint.dialect().writeRequest(conversation(), endpoint.target(), true);
        if (endpoint == BenchmarkProtocol.RESPONSES) {
            body.remove("include");
        }
    }

    @Benchmark
    public ObjectNode translate() {
        ChatRequest request = endpoint.read(body);
        ToolNames names = endpoint == target
                ? ToolNames.UNCHANGED
                : ToolNames.of(request, target.dialect().toolNames());
        return target.dialect().writeRequest(names.sent(request), target.target(), true);
    }

    static ChatRequest conversation() {
        ChatRequestBuilder request = ChatRequest.builder("m").stream(true)
                .maxOutputTokens(4096)
                .message(Message.system("You are a careful engineer. ".repeat(40)));
        for (int turn = 0; turn < TURNS; turn++) {
            String id = "call_" + turn;
            request.message(Message.user(
                            "Read the file number " + turn + " and tell me what is wrong with it. ".repeat(5)))
                    .message(Message.assistant(
                            new Part.Text("I shall read it."),
                            new Part.ToolCall(
                                    id, "tool_" + turn, "{\"path\":\"/src/Main" + turn + ".java\",\"lines\":[1,200]}")))
                    .message(Message.toolResult(id, "public class Main { /* \"quoted\" */ }\n".repeat(30)))
                    .message(Message.assistant(new Part.Text("The class has no method. ".repeat(10))));
        }
        request.message(Message.user("Thank you. And the next?"));
        for (int tool = 0; tool < TOOLS; tool++) {
            request.tool(
                    new Tool("tool_" + tool, "Reads a part of a file and shows it with line numbers.", schema(), null));
        }
        return request.build();
    }

    private static ObjectNode schema() {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("path").put("type", "string").put("description", "The path of the file.");
        properties.putObject("lines").put("type", "array").putObject("items").put("type", "integer");
        properties
                .putObject("mode")
                .put("type", "string")
                .putArray("enum")
                .add("text")
                .add("hex");
        schema.putArray("required").add("path");
        return schema;
    }
}
