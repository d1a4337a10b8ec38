package io.camelback.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
import io.camelback.failure.FailureKind;
import io.camelback.failure.ProviderException;
import io.camelback.failure.SseEventTooLargeException;
import io.camelback.json.Json;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.ClientCodec;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.StreamWriter;
import io.camelback.stream.ProviderStream;
import io.camelback.upstream.SseEvent;
import io.camelback.upstream.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a provider streams: it is read to an end or to a failure, never for ever, however its bytes are split; and
 * every endpoint can write what was read, with one error at its end if it failed.
 */
class StreamFuzzTest {
    private static final List<String> SEEDS = JsonMutator.files("stream.sse");
    private static final ChatRequest REQUEST =
            ChatRequest.builder("m").stream(true).streamUsage(true).build();

    @FuzzTest
    void every_stream_comes_to_an_end(byte[] input) throws IOException {
        if (input.length > JsonMutator.MAX_INPUT) {
            return;
        }
        List<SseEvent> events = new ArrayList<>();
        assertThat(read(new ByteArrayInputStream(input), events))
                .isEqualTo(read(new Dripping(input), new ArrayList<>()));
        for (byte[] stream : List.of(input, mutant(input))) {
            for (ProviderCodec codec : FuzzedProtocols.dialects()) {
                relay(codec, stream);
            }
        }
    }

    /** @return how many events there were, negative when one was too large */
    private static int read(InputStream bytes, List<SseEvent> events) throws IOException {
        SseReader reader = new SseReader(bytes, 4096);
        try {
            for (SseEvent event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
                assertThat(event.data()).isNotEmpty();
            }
            return events.size();
        } catch (SseEventTooLargeException tooLarge) {
            return -1 - events.size();
        }
    }

    private static void relay(ProviderCodec codec, byte[] bytes) {
        ProviderStream stream =
                new ProviderStream(new SseReader(new ByteArrayInputStream(bytes), 1 << 20), codec, new Owner());
        List<StreamChunk> chunks = new ArrayList<>();
        boolean complete = false;
        try {
            for (StreamChunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
                chunks.add(chunk);
            }
            complete = true;
        } catch (ProviderException failure) {
            assertThat(failure.getMessage()).isNotBlank();
        }
        for (ClientCodec endpoint : FuzzedProtocols.endpoints()) {
            write(endpoint, chunks, complete);
        }
        if (complete) {
            collect(codec, chunks);
        }
    }

    private static void write(ClientCodec endpoint, List<StreamChunk> chunks, boolean complete) {
        StreamWriter writer = endpoint.streamWriter(REQUEST, "req_1", 1);
        StringBuilder written = new StringBuilder();
        chunks.forEach(chunk -> written.append(writer.write(chunk)));
        written.append(complete ? writer.end() : writer.error(GatewayError.of(502, "stream_interrupted", "It broke.")));
        assertThat(written.toString().replace("\r", "")).endsWith("\n\n");
    }

    private static void collect(ProviderCodec codec, List<StreamChunk> chunks) {
        try {
            AnswerCollector collector = codec.collector();
            chunks.forEach(collector::add);
            assertThat(collector.answer(1)).isNotNull();
        } catch (MalformedResponseException malformed) {
            assertThat(malformed).hasMessageNotContaining("Exception");
        }
    }

    /** A recorded stream with some of its events changed. */
    private static byte[] mutant(byte[] input) {
        JsonMutator.Program next = new JsonMutator.Program(input);
        String[] lines = SEEDS.get(next.below(SEEDS.size())).split("\n");
        for (int changes = 0; next.more() && changes < 16; changes++) {
            int line = next.below(lines.length);
            if (lines[line].startsWith("data: {")) {
                lines[line] = "data: " + changed(lines[line].substring(6), next);
            } else if (next.below(4) == 0) {
                lines[line] = lines[next.below(lines.length)];
            }
        }
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private static String changed(String json, JsonMutator.Program next) {
        try {
            JsonNode event = Json.read(json);
            if (event instanceof ObjectNode object) {
                JsonMutator.change(object, next);
            }
            return Json.text(event);
        } catch (IOException notJson) {
            return json;
        }
    }

    @Test
    @Timeout(120)
    void some_thousand_changes_of_recorded_streams_come_to_an_end() throws IOException {
        for (byte[] program : JsonMutator.programs(FuzzedProtocols.SOME).toList()) {
            every_stream_comes_to_an_end(program);
        }
    }

    /** Gives one byte at a time. */
    private static final class Dripping extends ByteArrayInputStream {
        Dripping(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(1, length));
        }
    }

    private static final class Owner implements ProviderStream.Owner {
        @Override
        public void onChunk(StreamChunk chunk) {
            // Nobody waits.
        }

        @Override
        public ProviderException inStreamError(JsonNode error) {
            return ProviderException.of(FailureKind.SERVER, "in band");
        }

        @Override
        public ProviderException connectionBroken(IOException failure) {
            return ProviderException.of(FailureKind.TRANSPORT, "broken");
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
