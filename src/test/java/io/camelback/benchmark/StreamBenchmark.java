package io.camelback.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.FinishReason;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import io.camelback.protocol.StreamWriter;
import io.camelback.stream.ProviderStream;
import io.camelback.upstream.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * An event of a stream, from the bytes of a provider to the text for a caller, for each pair of dialects: relayed where
 * both speak the same, else translated. Measured over streams of 500 events. The goal is less than 5 µs for each in the
 * median.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class StreamBenchmark {
    private static final int EVENTS = 500;

    @Param
    public BenchmarkProtocol endpoint;

    @Param
    public BenchmarkProtocol target;

    private byte[] stream;
    private ChatRequest request;

    /** Writes the stream as the provider does. */
    @Setup
    public void write() {
        request = ChatRequest.builder("m").stream(true).streamUsage(true).build();
        StreamWriter writer = target.endpoint().streamWriter(request, "req_1", 1);
        StringBuilder text = new StringBuilder();
        text.append(writer.write(StreamChunk.made(new StreamEvent.Started("id_1", "some-model"))));
        for (int i = 0; i < EVENTS; i++) {
            text.append(writer.write(StreamChunk.made(new StreamEvent.TextDelta(0, " word" + i))));
        }
        text.append(writer.write(StreamChunk.made(new StreamEvent.Finished(0, FinishReason.STOP))))
                .append(writer.end());
        stream = text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void relay(Blackhole hole) {
        ProviderStream events =
                new ProviderStream(new SseReader(new ByteArrayInputStream(stream)), target.dialect(), new Owner());
        StreamWriter writer = endpoint.endpoint().streamWriter(request, "req_1", 1);
        for (StreamChunk chunk = events.next(); chunk != null; chunk = events.next()) {
            hole.consume(writer.write(chunk).getBytes(StandardCharsets.UTF_8));
        }
        hole.consume(writer.end());
    }

    private static final class Owner implements ProviderStream.Owner {
        @Override
        public void onChunk(StreamChunk chunk) {
            // Nobody waits.
        }

        @Override
        public ProviderException inStreamError(JsonNode error) {
            return ProviderException.of(FailureKind.SERVER, error.toString());
        }

        @Override
        public ProviderException connectionBroken(IOException failure) {
            return ProviderException.of(FailureKind.TRANSPORT, failure.getMessage());
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
