package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.json.Json;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.ScriptedBytesProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as large as the limit, and larger. Both links of the chain are providers that only count what they get. */
class LargeBodiesTest {
    private static final int MEBIBYTE = 1 << 20;

    @RegisterExtension
    private static final ScriptedBytesProvider FIRST = new ScriptedBytesProvider();

    @RegisterExtension
    private static final ScriptedBytesProvider SECOND = new ScriptedBytesProvider();

    private static final String HEAD =
            "POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n";

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(config -> FIRST.insteadOf(
                    "deepseek",
                    SECOND.insteadOf(
                                    "groq",
                                    GatewayTestCase.patient(
                                            GatewayTestCase.withoutRetries(config), Duration.ofSeconds(30)))
                            .replace("providers:\n  groq", "providers: {}\n  groq"))
            .replaceFirst("providers: \\{}", "providers:")
            // Models that take so much text: these bodies are not about contexts.
            .replaceAll("context: [\\d_]+", "context: 100_000_000"));

    /**
     * 31 MiB with an image, as OpenAI's own clients would send it. What the gateway holds is measured while the second
     * link thinks.
     */
    @Test
    void B01_a_body_of_31_mib_reaches_the_second_link_as_it_reached_the_first() throws Exception {
        Semaphore asked = new Semaphore(0);
        Semaphore measured = new Semaphore(0);
        FIRST.plays(talk ->
                talk.write("HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"));
        SECOND.plays(talk -> {
            asked.release();
            measured.acquireUninterruptibly();
            talk.write(ScriptedBytesProvider.SSE_HEAD + ScriptedBytesProvider.hello());
        });
        byte[] body = body(31 * MEBIBYTE);
        long before = usedHeap();

        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> send(body));
        assertThat(asked.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        long held = usedHeap() - before;
        measured.release();

        assertThat(answer.get(60, TimeUnit.SECONDS))
                .startsWith("HTTP/1.1 200 ")
                .contains("x-camelback-model: groq-llama", "Hello.");
        ScriptedBytesProvider.Talk first = FIRST.awaitTalk();
        ScriptedBytesProvider.Talk second = SECOND.awaitTalk();
        assertThat(first.begin).contains("\"model\":\"deepseek");
        assertThat(second.begin).contains("\"model\":\"llama");
        assertThat(second.digest).as("all but the model's name").isEqualTo(first.digest);
        assertThat(first.length).isGreaterThan(30 * MEBIBYTE);
        assertThat(held).as("what is held of 31 MiB").isLessThan(3L * 31 * MEBIBYTE);
    }

    /** The caller sends all it has before it reads, as most clients do. */
    @ParameterizedTest(name = "{0}, Expect: {1}")
    @CsvSource({"length, false", "length, true", "chunked, false", "chunked, true"})
    void B02_a_body_over_the_limit_is_refused_in_words(String framing, boolean expect) throws Exception {
        FIRST.plays(talk -> talk.write("no"));
        boolean chunked = framing.equals("chunked");
        try (RawHttpClient client = connect()) {
            OutputStream out = client.out();
            out.write((HEAD
                            + (expect ? "Expect: 100-continue\r\n" : "")
                            + (chunked
                                    ? "Transfer-Encoding: chunked\r\n\r\n"
                                    : "Content-Length: " + 33 * MEBIBYTE + "\r\n\r\n"))
                    .getBytes(StandardCharsets.US_ASCII));
            if (!expect || chunked) {
                byte[] mebibyte = new byte[MEBIBYTE];
                for (int i = 0; i < 33; i++) {
                    out.write(chunked ? "100000\r\n".getBytes(StandardCharsets.US_ASCII) : new byte[0]);
                    out.write(mebibyte);
                    out.write(chunked ? "\r\n".getBytes(StandardCharsets.US_ASCII) : new byte[0]);
                }
            }

            // Who has not sent all it announced is waited for before the connection is closed.
            String answer = expect || chunked ? client.readTo("}}") : client.readToEnd();

            if (expect && !chunked) {
                assertThat(answer).as("nobody said: continue").startsWith("HTTP/1.1 413 ");
            }
            String refusal = answer.substring(answer.indexOf("HTTP/1.1 413 "));
            assertThat(Json.read(refusal.substring(refusal.indexOf("\r\n\r\n")))
                            .at("/error/code")
                            .asText())
                    .isEqualTo("request_too_large");
        }
        assertThat(FIRST.talks()).isEmpty();
        assertThat(DRILL.askedAny()).isZero();
    }

    /** Nothing of what follows the limit is kept: a caller who goes on for ever is cut off. */
    @Test
    void B02_a_caller_who_goes_on_sending_is_cut_off() throws Exception {
        boolean cut = false;
        try (RawHttpClient client = connect()) {
            OutputStream out = client.out();
            out.write((HEAD + "Transfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = new byte[MEBIBYTE];
            for (int i = 0; i < 100_000 && !cut; i++) {
                try {
                    out.write("100000\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.write(chunk);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException gone) {
                    cut = true;
                }
            }
        }
        assertThat(cut).isTrue();
    }

    @Test
    void B02_a_body_at_the_limit_is_taken() throws Exception {
        FIRST.plays(talk -> talk.write(ScriptedBytesProvider.SSE_HEAD + ScriptedBytesProvider.hello()));

        HttpResponse<String> response = DRILL.gateway()
                .post("/v1/chat/completions", new String(body(32 * MEBIBYTE - 300), StandardCharsets.US_ASCII));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "x-camelback-model")).isEqualTo("deepseek");
    }

    private static byte[] body(int size) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(size + 1024);
        body.writeBytes(
                ("{\"model\":\"economy\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
                                + "\"text\":\"What is it? ")
                        .getBytes(StandardCharsets.US_ASCII));
        byte[] text = "0123456789abcdef".repeat(4096).getBytes(StandardCharsets.US_ASCII);
        while (body.size() < size - text.length) {
            body.writeBytes(text);
        }
        body.writeBytes("\"}]}]}".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private static RawHttpClient connect() throws IOException {
        return RawHttpClient.connect(DRILL.gateway().standalone.port(), Duration.ofSeconds(60), 0);
    }

    /** By hand: a client library would hold copies of the body. */
    private static String send(byte[] body) {
        try (RawHttpClient client = connect()) {
            client.write(HEAD + "Connection: close\r\nContent-Length: " + body.length + "\r\n\r\n");
            client.out().write(body);
            return client.readToEnd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
