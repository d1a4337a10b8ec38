package io.camelback.protocol.gemini.client;

import static io.camelback.protocol.gemini.client.GeminiStreamSamples.CODEC;
import static io.camelback.protocol.gemini.client.GeminiStreamSamples.asking;
import static io.camelback.protocol.gemini.client.GeminiStreamSamples.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.chat.FinishReason;
import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent.Finished;
import io.camelback.chat.StreamEvent.Started;
import io.camelback.chat.StreamEvent.TextDelta;
import io.camelback.json.Json;
import io.camelback.protocol.StreamReader;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.testkit.GeminiFixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gemini's own streams, relayed, and streams without server-sent events. */
class GeminiStreamRelayTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "thinking-and-text",
                "parallel-calls",
                "signature-alone",
                "late-parts",
                "prompt-blocked",
                "signed-thoughts"
            })
    void a_stream_of_gemini_s_is_relayed_byte_for_byte(String fixture) {
        List<StreamChunk> chunks = chunks(fixture);
        String expected = String.join(
                "",
                chunks.stream()
                        .filter(chunk -> chunk.data() != null)
                        .map(chunk -> "data: " + chunk.data() + "\r\n\r\n")
                        .toList());

        assertThat(written(CODEC.streamWriter(asking(false), "req-1", 1), chunks))
                .isEqualTo(expected);
    }

    @Test
    void data_of_several_lines_goes_out_in_one() {
        StreamWriter writer = CODEC.streamWriter(asking(false), "req-1", 1);

        assertThat(writer.write(new StreamChunk(List.of(), "gemini", null, "{\"a\":\n1}")))
                .isEqualTo("data: {\"a\": 1}\r\n\r\n");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"thinking-and-text", "parallel-calls"})
    void without_sse_a_relayed_stream_is_one_json_array(String fixture) throws Exception {
        String written = written(CODEC.arrayWriter(asking(false), "req-1", 1), chunks(fixture));

        assertThat(Json.read(written)).containsExactlyElementsOf(GeminiFixtures.events(fixture + "/events.sse"));
    }

    @Test
    void without_sse_a_made_stream_is_one_json_array() throws Exception {
        StreamWriter writer = CODEC.arrayWriter(asking(false), "req-1", 1);
        String first = writer.write(StreamChunk.made(new Started("c", "claude")))
                + writer.write(StreamChunk.made(new TextDelta(0, "a")));
        String last = writer.write(StreamChunk.made(new Finished(0, FinishReason.STOP))) + writer.end();

        assertThat(first).startsWith("[{").endsWith("}");
        assertThat(last).startsWith(",\r\n{").endsWith("}]");
        assertThat(Json.read(first + last)).hasSize(2);
    }

    @Test
    void without_sse_an_error_is_the_last_element() throws Exception {
        StreamWriter writer = CODEC.arrayWriter(asking(false), "req-1", 1);
        String written = writer.write(StreamChunk.made(new TextDelta(0, "a")))
                + writer.error(GatewayError.of(504, "x", "Late."));

        assertThat(Json.read(written).get(1).at("/error/status").textValue()).isEqualTo("DEADLINE_EXCEEDED");
        assertThat(Json.read(CODEC.arrayWriter(null, "r", 1).error(GatewayError.of(500, "x", "m"))))
                .hasSize(1);
    }

    private static List<StreamChunk> chunks(String fixture) {
        StreamReader reader = new GeminiProviderCodec().streamReader();
        List<StreamChunk> chunks = new ArrayList<>();
        GeminiFixtures.events(fixture + "/events.sse")
                .forEach(event ->
                        chunks.add(new StreamChunk(reader.read(null, event), "gemini", null, Json.text(event))));
        chunks.add(new StreamChunk(reader.end(), null, null, null));
        return chunks;
    }
}
