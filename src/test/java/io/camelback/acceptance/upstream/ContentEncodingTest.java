package io.camelback.acceptance.upstream;

import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.ScriptedBytesProvider;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers compress. DeepSeek is a provider that sends what a test says; Groq comes after it. */
class ContentEncodingTest extends RawAnswerTestBase {
    interface Packing {
        OutputStream around(OutputStream out) throws IOException;
    }

    enum Packed {
        GZIP("gzip", out -> new GZIPOutputStream(out, true)),
        X_GZIP("x-gzip", out -> new GZIPOutputStream(out, true)),
        GZIP_IN_CAPITALS("GZIP", out -> new GZIPOutputStream(out, true)),
        DEFLATE_AS_ZLIB("deflate", out -> new DeflaterOutputStream(out, true)),
        DEFLATE_BARE("deflate", out -> new DeflaterOutputStream(out, new Deflater(9, true), true)),
        NOTHING("identity", out -> out);

        private final String encoding;
        private final Packing packing;

        Packed(String encoding, Packing packing) {
            this.encoding = encoding;
            this.packing = packing;
        }

        private byte[] pack(String text) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream out = packing.around(bytes)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return bytes.toByteArray();
        }
    }

    static Stream<Arguments> packed() {
        return Stream.of(Packed.values())
                .flatMap(packed -> Stream.of(true, false).map(stream -> Arguments.of(packed, stream)));
    }

    @DisplayName("X09 a body that is packed although nobody asked")
    @ParameterizedTest(name = "X09 {0}, streamed: {1}")
    @MethodSource("packed")
    void E01_a_body_that_is_packed_although_nobody_asked_is_unpacked(Packed packed, boolean stream) throws Exception {
        String body = stream
                ? ScriptedBytesProvider.event("Grüße, 世界 🐪") + ScriptedBytesProvider.finish() + "data: [DONE]\n\n"
                : ANSWER;
        PROVIDER.plays(talk ->
                answer(talk, stream ? "text/event-stream" : "application/json", packed.encoding, packed.pack(body)));

        HttpResponse<String> response = DRILL.ask("economy", stream);

        assertThat(header(response, "x-camelback-model")).isEqualTo("deepseek");
        assertThat(text(response)).isEqualTo("Grüße, 世界 🐪");
        assertThat(header(response, "content-encoding")).isNull();
        assertThat(PROVIDER.awaitTalk().head.toLowerCase(Locale.ROOT)).contains("accept-encoding: identity");
        if (!stream) {
            assertThat(header(response, "content-length"))
                    .isEqualTo(String.valueOf(response.body().getBytes(StandardCharsets.UTF_8).length));
        }
    }

    @Test
    void E01_an_error_that_is_packed_is_understood() throws Exception {
        byte[] body = Packed.GZIP.pack(
                "{\"error\":{\"message\":\"m\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}");
        PROVIDER.plays(talk -> {
            talk.write("HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                    + "Content-Length: " + body.length + "\r\n\r\n");
            talk.write(body);
        });

        assertThat(header(DRILL.ask("economy", false), "x-camelback-model")).isEqualTo("groq-llama");
        assertThat(DRILL.coolingDown("key of deepseek"))
                .as("the key, because its quota is used up")
                .isTrue();
    }

    @DisplayName("X09 an encoding that nobody reads")
    @ParameterizedTest(name = "X09 {0}")
    @ValueSource(strings = {"br", "zstd", "compress", "gzip, br", "aws-chunked"})
    void E02_an_encoding_that_nobody_asked_for_and_nobody_reads_is_no_answer(String encoding) throws Exception {
        for (boolean stream : new boolean[] {true, false}) {
            PROVIDER.plays(talk -> {
                answer(talk, stream ? "text/event-stream" : "application/json", encoding, new byte[] {
                    11, 2, -128, 65, 66, 3
                });
                assertThat(talk.awaitClosed()).isTrue();
            });

            HttpResponse<String> response = DRILL.ask("economy", stream);

            assertThat(header(response, "x-camelback-model")).isEqualTo("groq-llama");
            assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
            assertThat(text(response)).isEqualTo(DRILL.hello("groq-llama"));
        }
        assertThat(DRILL.failures("deepseek")).isEqualTo(2);
        DRILL.awaitLog("deepseek malformed response", "groq-llama ok");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"gzip", "deflate"})
    void E02_bytes_that_are_not_what_the_header_says_are_no_answer(String encoding) throws Exception {
        PROVIDER.plays(talk -> answer(
                talk, "application/json", encoding, "no gzip at all, 12345".getBytes(StandardCharsets.US_ASCII)));

        assertThat(header(DRILL.ask("economy", false), "x-camelback-model")).isEqualTo("groq-llama");
        assertThat(DRILL.failures("deepseek")).isEqualTo(1);
    }

    /** A gigabyte in a megabyte. What the gateway holds of it is measured while the provider pauses at 60 MiB. */
    @Test
    void E03_a_bomb_is_cut_before_it_fills_the_heap() throws Exception {
        byte[] mebibyte = new byte[1 << 20];
        mebibyte[0] = '{';
        Semaphore measured = new Semaphore(0);
        Semaphore at60 = new Semaphore(0);
        PROVIDER.plays(talk -> {
            talk.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n");
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            GZIPOutputStream gzip = new GZIPOutputStream(packed, true);
            for (int i = 0; i < 1024; i++) {
                gzip.write(mebibyte);
                gzip.flush();
                talk.write(packed.toByteArray());
                packed.reset();
                if (i == 59) {
                    at60.release();
                    measured.acquireUninterruptibly();
                }
            }
        });
        long before = usedHeap();
        CompletableFuture<HttpResponse<String>> asked = CompletableFuture.supplyAsync(() -> {
            try {
                return DRILL.ask("economy", false);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(at60.tryAcquire(GatewayTestCase.SOON.toSeconds(), TimeUnit.SECONDS))
                .as("60 MiB were taken")
                .isTrue();
        long held = usedHeap() - before;
        measured.release();

        assertThat(held).as("what is held of 60 MiB").isLessThan(100L << 20);
        assertThat(header(asked.get(), "x-camelback-model")).isEqualTo("groq-llama");
        ScriptedBytesProvider.Talk talk = PROVIDER.awaitTalk();
        assertThat(talk.awaitOver()).isTrue();
        assertThat(talk.brokeOff()).as("the gateway left before the end").isTrue();
        assertThat(DRILL.failures("deepseek")).isEqualTo(1);
    }

    @Test
    void E03_a_bomb_of_comments_in_a_stream_is_cut_as_well() throws Exception {
        byte[] mebibyte = ":\n".repeat(1 << 19).getBytes(StandardCharsets.US_ASCII);
        PROVIDER.plays(talk -> {
            talk.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n");
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            GZIPOutputStream gzip = new GZIPOutputStream(packed, true);
            for (int i = 0; i < 1024; i++) {
                gzip.write(mebibyte);
                gzip.flush();
                talk.write(packed.toByteArray());
                packed.reset();
            }
        });

        assertThat(header(DRILL.ask("economy", true), "x-camelback-model")).isEqualTo("groq-llama");
        assertThat(PROVIDER.awaitTalk().awaitOver()).isTrue();
        assertThat(PROVIDER.awaitTalk().brokeOff()).isTrue();
    }

    @Test
    void E03_a_packed_request_is_refused_and_never_unpacked() throws Exception {
        byte[] bomb = Packed.GZIP.pack(" ".repeat(10 << 20));
        HttpRequest request = HttpRequest.newBuilder(DRILL.gateway().uri("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bomb))
                .build();

        HttpResponse<String> response = DRILL.gateway().client().send(request, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("unsupported_content_encoding");
        assertThat(DRILL.askedAny()).isZero();
    }

    /**
     * The provider sends an event only when the caller has read the one before it: one held back would be waited for in
     * vain.
     */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"GZIP", "DEFLATE_AS_ZLIB", "NOTHING"})
    void E04_each_event_that_is_flushed_is_out_at_once(Packed packed) throws Exception {
        Semaphore read = new Semaphore(0);
        PROVIDER.plays(talk -> {
            talk.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: " + packed.encoding
                    + "\r\nConnection: close\r\n\r\n");
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            OutputStream out = packed.packing.around(bytes);
            for (int i = 1; i <= 10; i++) {
                out.write(ScriptedBytesProvider.event("word" + i).getBytes(StandardCharsets.UTF_8));
                out.flush();
                talk.write(bytes.toByteArray());
                bytes.reset();
                read.acquireUninterruptibly();
            }
            out.write((ScriptedBytesProvider.finish() + "data: [DONE]\n\n").getBytes(StandardCharsets.UTF_8));
            out.close();
            talk.write(bytes.toByteArray());
        });

        HttpResponse<InputStream> response = DRILL.gateway()
                .client()
                .send(
                        DRILL.gateway().request("/v1/chat/completions", RunningGateway.chat("economy", true)),
                        BodyHandlers.ofInputStream());

        int words = 0;
        boolean done = false;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("word" + (words + 1))) {
                    words++;
                    read.release();
                }
                done |= line.equals("data: [DONE]");
            }
        }
        assertThat(words).isEqualTo(10);
        assertThat(done).isTrue();
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
