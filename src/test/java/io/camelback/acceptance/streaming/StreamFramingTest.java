package io.camelback.acceptance.streaming;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.testkit.AnthropicStreamRules;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.ScriptedBytesProvider;
import io.camelback.testkit.StreamTranscript;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How providers cut their bytes into chunks and events. DeepSeek sends what a test says; Groq comes after it. */
class StreamFramingTest {
    @RegisterExtension
    private static final ScriptedBytesProvider PROVIDER = new ScriptedBytesProvider();

    private static final String WORDS = "Grüße, 世界 🐪👩‍👩‍👧";
    private static final byte[] STREAM = (ScriptedBytesProvider.role() + ScriptedBytesProvider.event(WORDS)
                    + ScriptedBytesProvider.event(" e\u0301nd") + ScriptedBytesProvider.finish() + "data: [DONE]\n\n")
            .getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(config -> PROVIDER.insteadOf(
            "deepseek", GatewayTestCase.patient(GatewayTestCase.withoutRetries(config), Duration.ofSeconds(20))));

    @Test
    void E05_a_stream_cut_in_two_anywhere_comes_out_as_it_was() throws Exception {
        String whole = stream(List.of(STREAM)).body();
        assertThat(StreamTranscript.of(whole).text())
                .isEqualTo(WORDS + " e\u0301nd")
                .doesNotContain("\uFFFD");
        for (int cut = 1; cut < STREAM.length; cut++) {
            assertThat(stream(List.of(Arrays.copyOf(STREAM, cut), Arrays.copyOfRange(STREAM, cut, STREAM.length)))
                            .body())
                    .as("cut at byte %d", cut)
                    .isEqualTo(whole);
        }
    }

    /**
     * The provider goes on only when the caller has read the event before: one held back would be waited for in vain.
     */
    @Test
    void E05_bytes_that_come_one_by_one_go_out_event_by_event() throws Exception {
        Semaphore read = new Semaphore(0);
        PROVIDER.plays(talk -> {
            talk.write(ScriptedBytesProvider.SSE_HEAD);
            for (int i = 0; i < 5; i++) {
                for (byte one : ScriptedBytesProvider.event(i + WORDS).getBytes(StandardCharsets.UTF_8)) {
                    talk.write(new byte[] {one});
                }
                read.acquireUninterruptibly();
            }
            talk.write(ScriptedBytesProvider.finish() + "data: [DONE]\n\n");
        });
        HttpResponse<InputStream> response = DRILL.gateway()
                .client()
                .send(
                        DRILL.gateway().request("/v1/chat/completions", RunningGateway.chat("economy", true)),
                        BodyHandlers.ofInputStream());

        int events = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(events + WORDS)) {
                    events++;
                    read.release();
                }
            }
        }
        assertThat(events).isEqualTo(5);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(booleans = {true, false})
    void E05_one_byte_to_a_chunk_changes_nothing(boolean stream) throws Exception {
        List<byte[]> bytes = new ArrayList<>();
        for (byte one : STREAM) {
            bytes.add(new byte[] {one});
        }
        PROVIDER.plays(talk -> talk.write(ScriptedBytesProvider.chunked(bytes)));

        HttpResponse<String> response = DRILL.ask("economy", stream);

        assertThat(header(response, "x-camelback-model")).isEqualTo("deepseek");
        assertThat(RunningGateway.text(response)).isEqualTo(WORDS + " e\u0301nd");
    }

    static Stream<Arguments> events() {
        String plain = new String(STREAM, StandardCharsets.UTF_8);
        return Stream.of(
                Arguments.of("lines that end with CRLF", plain.replace("\n", "\r\n")),
                Arguments.of("lines that end with CR", plain.replace("\n", "\r")),
                Arguments.of(
                        "all three ends in turn",
                        plain.replaceFirst("\n\n", "\r\r").replaceFirst("\n\n", "\r\n\r\n")),
                Arguments.of("no space after the colon", plain.replace("data: ", "data:")),
                Arguments.of("data in several lines", plain.replace("\"choices\":[{", "\ndata: \"choices\":[{\ndata:")),
                Arguments.of("a byte order mark", "\uFEFF" + plain),
                Arguments.of(
                        "ids, retries, comments and unknown fields",
                        ": hi\n\nretry: 3\nid: 7\nfoo: bar\nfoo\n\n"
                                + plain.replace("data: {", "id: 1\n: hm\ndata: {")),
                Arguments.of("events with names", plain.replace("data: {", "event: message\ndata: {")),
                Arguments.of("empty data in between", plain.replace("\n\n", "\n\ndata:\n\ndata\n\n")),
                Arguments.of("no blank line at the end", plain.replaceFirst("\n\n$", "\n")),
                Arguments.of("no end of the last line", plain.replaceFirst("\n\n$", "")),
                Arguments.of("no [DONE] and no end of the last line", plain.replace("\n\ndata: [DONE]\n\n", "")));
    }

    @DisplayName("X05 events in every form that the standard allows")
    @ParameterizedTest(name = "X05 {0}")
    @MethodSource("events")
    void E06_events_in_every_form_the_standard_allows_are_read(String what, String sse) throws Exception {
        HttpResponse<String> response = stream(List.of(sse.getBytes(StandardCharsets.UTF_8)));

        assertThat(header(response, "x-camelback-model")).isEqualTo("deepseek");
        StreamTranscript.of(response).assertComplete(WORDS + " e\u0301nd");
    }

    @ParameterizedTest(name = "after {0} words")
    @ValueSource(ints = {0, 2})
    void E07_an_event_without_end_is_cut(int words) throws Exception {
        PROVIDER.plays(talk -> {
            talk.write(ScriptedBytesProvider.SSE_HEAD);
            for (int i = 0; i < words; i++) {
                talk.write(ScriptedBytesProvider.event("word"));
            }
            talk.write("data: {\"x\":\"");
            byte[] mebibyte = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 256; i++) {
                talk.write(mebibyte);
            }
        });

        HttpResponse<String> response = DRILL.ask("economy", true);

        assertThat(header(response, "x-camelback-model")).isEqualTo(words == 0 ? "groq-llama" : "deepseek");
        if (words > 0) {
            StreamTranscript.of(response).assertBroken("answer_too_large");
        }
        ScriptedBytesProvider.Talk talk = PROVIDER.awaitTalk();
        assertThat(talk.awaitOver()).isTrue();
        assertThat(talk.brokeOff()).isTrue();
        assertThat(talk.sent()).as("16 MiB, and what was on its way").isLessThan(32L << 20);
        assertThat(DRILL.failures("deepseek")).isEqualTo(1);
    }

    static Stream<Arguments> chunks() {
        String event = new String(STREAM, StandardCharsets.UTF_8);
        String size = Integer.toHexString(STREAM.length);
        return Stream.of(
                Arguments.of("an extension", size + ";name=value\r\n" + event + "\r\n0\r\n\r\n"),
                Arguments.of("an extension in quotes", size + " ; a=\"b c\"\r\n" + event + "\r\n0;end\r\n\r\n"),
                Arguments.of(
                        "a size in capitals and with zeros",
                        "000" + size.toUpperCase(Locale.ROOT) + "\r\n" + event + "\r\n0\r\n\r\n"),
                Arguments.of("trailers", size + "\r\n" + event + "\r\n0\r\nX-Checksum: 1\r\nX-More: 2\r\n\r\n"),
                Arguments.of("several zeros at the end", size + "\r\n" + event + "\r\n000\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chunks")
    void E08_chunks_in_every_form_the_standard_allows_are_read(String what, String chunks) throws Exception {
        PROVIDER.plays(talk -> talk.write(CHUNKED + "\r\n" + chunks));

        HttpResponse<String> response = DRILL.ask("economy", true);

        assertThat(header(response, "x-camelback-model")).isEqualTo("deepseek");
        StreamTranscript.of(response).assertComplete(WORDS + " e\u0301nd");
    }

    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
                    + "Connection: close\r\n";

    static Stream<Arguments> badFrames() {
        String event = new String(STREAM, StandardCharsets.UTF_8);
        String chunk = Integer.toHexString(STREAM.length) + "\r\n" + event + "\r\n0\r\n\r\n";
        return Stream.of(
                Arguments.of("a size that is no number", CHUNKED + "\r\nxyz\r\n" + event),
                Arguments.of("a negative size", CHUNKED + "\r\n-5\r\n" + event),
                Arguments.of("a size beyond all measure", CHUNKED + "\r\nfffffffffffffffff\r\n" + event),
                Arguments.of("no size", CHUNKED + "\r\n\r\n" + event),
                Arguments.of("a length and chunks", CHUNKED + "Content-Length: " + chunk.length() + "\r\n\r\n" + chunk),
                Arguments.of(
                        "two lengths",
                        CHUNKED.replace("Transfer-Encoding: chunked", "Content-Length: 5\r\nContent-Length: 6") + "\r\n"
                                + event),
                Arguments.of(
                        "a length that is no number",
                        CHUNKED.replace("Transfer-Encoding: chunked", "Content-Length: 5x") + "\r\n" + event),
                Arguments.of(
                        "a negative length",
                        CHUNKED.replace("Transfer-Encoding: chunked", "Content-Length: -5") + "\r\n" + event));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFrames")
    void E08_bad_framing_is_no_answer_and_its_connection_is_not_used_again(String what, String answer)
            throws Exception {
        boolean[] closed = new boolean[1];
        PROVIDER.plays(talk -> {
            talk.write(answer);
            closed[0] = talk.awaitClosed();
        });

        HttpResponse<String> response = DRILL.ask("economy", true);

        assertThat(header(response, "x-camelback-model")).isEqualTo("groq-llama");
        assertThat(PROVIDER.awaitTalk().awaitOver()).isTrue();
        assertThat(closed[0]).as("the connection was closed").isTrue();
        assertThat(DRILL.failures("deepseek")).isEqualTo(1);
        DRILL.awaitLog("deepseek malformed response", "groq-llama ok");
    }

    @Test
    void E08_a_chunk_that_breaks_its_frame_after_content_is_told() throws Exception {
        PROVIDER.plays(talk -> {
            talk.write(CHUNKED + "\r\n"
                    + Integer.toHexString(ScriptedBytesProvider.event("Hm").length()) + "\r\n"
                    + ScriptedBytesProvider.event("Hm") + "\r\nzz\r\n");
            talk.awaitClosed();
        });

        StreamTranscript.of(DRILL.ask("economy", true)).assertBroken("upstream_error");
        assertThat(DRILL.failures("deepseek")).isEqualTo(1);
    }

    @Test
    void E11_tool_calls_that_come_interleaved_are_blocks_one_after_the_other() throws Exception {
        StringBuilder sse = new StringBuilder(ScriptedBytesProvider.event("Let me see."));
        sse.append(tool(0, "\"id\":\"call_a\",\"type\":\"function\",", "\"name\":\"read\",", ""))
                .append(tool(1, "\"id\":\"call_b\",\"type\":\"function\",", "\"name\":\"list\",", ""))
                .append(tool(0, "", "", "{\\\"path\\\":"))
                .append(tool(1, "", "", "{\\\"dir\\\":"))
                .append(tool(1, "", "", "\\\"/b\\\"}"))
                .append(tool(0, "", "", "\\\"/a\\\"}"))
                .append(ScriptedBytesProvider.finish().replace("\"stop\"", "\"tool_calls\""))
                .append("data: [DONE]\n\n");
        PROVIDER.plays(talk -> talk.write(ScriptedBytesProvider.SSE_HEAD + sse));

        HttpResponse<String> response = DRILL.gateway()
                .post(
                        "/v1/messages",
                        "{\"model\":\"economy\",\"max_tokens\":99,"
                                + "\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Go\"}],\"tools\":[{\"name\":\"read\",\"input_schema\":"
                                + "{\"type\":\"object\"}},{\"name\":\"list\",\"input_schema\":{\"type\":\"object\"}}]}");

        JsonNode content = AnthropicStreamRules.check(response.body()).path("content");
        assertThat(content).hasSize(3);
        assertThat(content.at("/0/text").asText()).isEqualTo("Let me see.");
        assertThat(content.at("/1/name").asText() + content.at("/1/input")).isEqualTo("read{\"path\":\"/a\"}");
        assertThat(content.at("/2/name").asText() + content.at("/2/input")).isEqualTo("list{\"dir\":\"/b\"}");
        assertThat(response.body().split("event: content_block_stop")).hasSize(4);
    }

    private static String tool(int index, String id, String name, String arguments) {
        return "data: {\"id\":\"c\",\"model\":\"raw\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":"
                + index + "," + id + "\"function\":{" + name + "\"arguments\":\"" + arguments
                + "\"}}]},\"finish_reason\":null}]}\n\n";
    }

    private static HttpResponse<String> stream(List<byte[]> chunks) throws Exception {
        PROVIDER.plays(talk -> talk.write(ScriptedBytesProvider.chunked(chunks)));
        return DRILL.ask("economy", true);
    }
}
