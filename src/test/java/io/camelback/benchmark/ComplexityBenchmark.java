package io.camelback.benchmark;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.Tool;
import io.camelback.classification.RequestComplexity;
import io.camelback.classification.WeightedComplexityScorer;
import io.camelback.config.reader.CamelbackConfigReader;
import io.camelback.tokens.TokenEstimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Judging an agent's request of about 10,000 tokens by the shipped rules. The goal is less than 200 µs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ComplexityBenchmark {
    private ChatRequest request;
    private WeightedComplexityScorer scorer;

    @Setup
    public void write() throws IOException {
        scorer = new WeightedComplexityScorer(CamelbackConfigReader.read(
                        Files.readString(Path.of("config/camelback.yaml")), "config/camelback.yaml", name -> null)
                .config()
                .routing());
        ChatRequest talk = TranslationBenchmark.conversation();
        String source = Files.readString(Path.of("src/main/java/io/camelback/camel/request/ProviderAttempt.java"));
        ChatRequestBuilder larger = ChatRequest.builder("auto");
        talk.messages().forEach(larger::message);
        for (Tool tool : talk.tools()) {
            larger.tool(tool);
        }
        while (TokenEstimate.of(larger.build()) < 10_000) {
            larger.message(Message.assistant(new Part.ToolCall("1", "read_file", "{\"path\":\"src/Main.java\"}")))
                    .message(Message.toolResult("1", source));
        }
        request = larger.message(Message.user("What we have there is hard to follow. ".repeat(60) + "Make it simpler."))
                .build();
    }

    /** As every request is judged. */
    @Benchmark
    public RequestComplexity judge() {
        return scorer.score(request);
    }

    /** What it would take to let the tokenizer read it all. */
    @Benchmark
    public long countEveryToken() {
        return TokenEstimate.of(request);
    }
}
