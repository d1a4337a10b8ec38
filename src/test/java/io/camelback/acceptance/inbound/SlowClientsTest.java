package io.camelback.acceptance.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelback.json.Json;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.ScriptedBytesProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Callers who speak or listen slowly, on purpose or not. The limits are a twentieth of those that are shipped, or less.
 */
class SlowClientsTest {
    @RegisterExtension
    private static final ScriptedBytesProvider PROVIDER = new ScriptedBytesProvider();

    /** What a stream may hold, and what the kernel holds at the test's own two ends. */
    private static final long HELD = (256 << 10) + (64 << 10);

    private static final String HEAD =
            "POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n";

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(
            config -> PROVIDER.insteadOf("deepseek", GatewayTestCase.patient(config, Duration.ofSeconds(30)))
                    .replace(
                            "timeouts: { header: 10s, body: 30s, send: 60s }",
                            "timeouts: { header: 400ms, body: 600ms, send: 1s }"));

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"", "P", "PRI * HTTP/2.0\r\n", HEAD})
    void B03_a_head_that_does_not_end_in_time_ends_the_connection(String begin) throws Exception {
        try (RawHttpClient client = connect()) {
            client.write(begin);

            assertThat(trickle(client)).doesNotContain(" 200 ");
        }
        assertThat(DRILL.askedAny()).isZero();
    }

    @Test
    void B03_a_head_that_trickles_in_after_a_good_request_ends_the_connection_too() throws Exception {
        try (RawHttpClient client = connect()) {
            assertAnswered(client);

            assertThat(trickle(client)).isEmpty();
        }
    }

    @Test
    void B03_a_body_that_trickles_in_is_answered_with_408() throws Exception {
        try (RawHttpClient client = connect()) {
            client.write(HEAD + "Content-Length: 100000\r\n\r\n{\"model\"");

            String answer = trickle(client);
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("connection: close");
            assertThat(Json.read(answer.substring(answer.indexOf("\r\n\r\n")))
                            .at("/error/code")
                            .asText())
                    .isEqualTo("request_timeout");
        }
        assertThat(DRILL.askedAny()).isZero();
    }

    @Test
    void B03_a_connection_may_be_idle_between_two_requests() throws Exception {
        try (RawHttpClient client = connect()) {
            assertAnswered(client);
            AtomicLong looks = new AtomicLong();
            await().pollInterval(Duration.ofMillis(300)).until(() -> looks.incrementAndGet() == 4);
            assertAnswered(client);
        }
    }

    /** A caller who reads nothing, of a provider who could send for ever. */
    @Test
    void B04_a_caller_who_does_not_read_stops_the_provider_and_is_left_at_last() throws Exception {
        AtomicLong read = new AtomicLong();
        PROVIDER.plays(SlowClientsTest::endless);
        try (RawHttpClient client = connect()) {
            ask(client, true);
            ScriptedBytesProvider.Talk talk = PROVIDER.awaitTalk();
            InputStream in = client.in();
            for (int i = 0; i < 64; i++) {
                read.addAndGet(in.readNBytes(1024).length);
            }
            AtomicLong before = new AtomicLong(-1);
            GatewayTestCase.soon("the provider to be stopped")
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> before.getAndSet(talk.sent()) == talk.sent());
            assertThat(talk.sent() - read.get())
                    .as("what the gateway and its sockets hold")
                    .isLessThanOrEqualTo(HELD);

            assertThat(talk.awaitOver()).as("the provider was left").isTrue();
            assertThat(talk.brokeOff()).isTrue();
            assertThat(closed(in)).as("the caller was left").isTrue();
        }
        DRILL.awaitLog("economy -> 499", "deepseek");
        assertThat(DRILL.failures("deepseek")).isZero();
        assertThat(DRILL.askedAny()).isZero();
    }

    /**
     * A caller who takes 40 KiB in 300 ms, for two and a half seconds: slow, but no second passes without anything
     * taken.
     */
    @Test
    void B04_a_caller_who_reads_slowly_is_not_left() throws Exception {
        PROVIDER.plays(SlowClientsTest::endless);
        AtomicLong read = new AtomicLong();
        try (RawHttpClient client = connect()) {
            ask(client, true);
            InputStream in = client.in();
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> read.addAndGet(in.readNBytes(40 << 10).length) >= 8 * (40 << 10));
            ScriptedBytesProvider.Talk talk = PROVIDER.awaitTalk();
            assertThat(talk.over.getCount()).as("the provider is still heard").isEqualTo(1);
            assertThat(talk.sent() - read.get()).isLessThanOrEqualTo(HELD);
        }
        assertThat(PROVIDER.awaitTalk().awaitOver()).isTrue();
    }

    /** An answer that is one body: the connection is dropped, with all but what the sockets hold. */
    @Test
    void B04_a_caller_who_does_not_read_a_whole_answer_is_left_as_well() throws Exception {
        PROVIDER.plays(talk -> whole(talk, 8 << 20));
        try (RawHttpClient client = connect()) {
            ask(client, false);
            client.in().readNBytes(1024);
            DRILL.awaitLog("economy -> 200", "deepseek ok");
            AtomicLong looks = new AtomicLong();
            await().pollInterval(Duration.ofMillis(300)).until(() -> looks.incrementAndGet() == 7);

            assertThat(rest(client.in())).as("what could still be read").isLessThan(HELD);
        }
    }

    private static long rest(InputStream in) {
        long read = 0;
        byte[] piece = new byte[8 << 10];
        try {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                read += count;
            }
            return read;
        } catch (IOException dropped) {
            return read;
        }
    }

    @Test
    void B04_a_caller_who_reads_a_whole_answer_slowly_gets_all_of_it() throws Exception {
        PROVIDER.plays(talk -> whole(talk, 1 << 20));
        AtomicLong read = new AtomicLong();
        try (RawHttpClient client = connect()) {
            ask(client, false);
            InputStream in = client.in();
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> read.addAndGet(in.readNBytes((int) Math.min(100 << 10, (1 << 20) - read.get())).length)
                            == 1 << 20);
            StringBuilder rest = new StringBuilder();
            while (!rest.toString().endsWith("}}")) {
                rest.append((char) in.read());
            }
        }
        DRILL.awaitLog("economy -> 200", "deepseek ok");
    }

    private static void whole(ScriptedBytesProvider.Talk talk, int length) throws IOException {
        String answer =
                "{\"id\":\"c\",\"model\":\"raw\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
                        + "x".repeat(length)
                        + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}";
        talk.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + answer.length() + "\r\n\r\n" + answer);
    }

    private static void endless(ScriptedBytesProvider.Talk talk) throws IOException {
        talk.write(ScriptedBytesProvider.SSE_HEAD);
        String event = ScriptedBytesProvider.event("x".repeat(900));
        for (int i = 0; i < 200_000; i++) {
            talk.write(event);
        }
    }

    private static RawHttpClient connect() throws IOException {
        return RawHttpClient.connect(DRILL.gateway().standalone.port(), Duration.ofSeconds(10), 8 << 10);
    }

    private static void ask(RawHttpClient client, boolean stream) throws IOException {
        client.post("/v1/chat/completions", RunningGateway.chat("economy", stream));
    }

    private static void assertAnswered(RawHttpClient client) throws IOException {
        client.post("/v1/chat/completions", RunningGateway.chat("groq-llama", false));
        assertThat(client.readAnswer()).contains("Hello from");
    }

    /** A byte every 100 ms until the gateway has had enough. @return all it said */
    private static String trickle(RawHttpClient client) throws IOException {
        StringBuilder said = new StringBuilder();
        client.timeout(Duration.ofMillis(100));
        for (int i = 0; i < 100; i++) {
            try {
                client.out().write('x');
                for (int next = client.in().read();
                        next >= 0;
                        next = client.in().read()) {
                    said.append((char) next);
                }
                return said.toString();
            } catch (SocketTimeoutException open) {
                continue;
            } catch (SocketException reset) {
                return said.toString();
            }
        }
        throw new AssertionError("The connection is still open after ten seconds; it said: " + said);
    }

    private static boolean closed(InputStream in) {
        try {
            while (in.read() >= 0) {
                continue;
            }
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
