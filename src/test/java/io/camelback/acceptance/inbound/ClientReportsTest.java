package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.FixedBytesProvider;
import io.camelback.testkit.FixedBytesProvider.End;
import io.camelback.testkit.FixedBytesProvider.Reply;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RawProviderChain;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.StreamingEndpoint;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients were reported to send, and to wait for, at a running gateway: docs/client-reports.md. */
class ClientReportsTest {
    @RegisterExtension
    private static final FixedBytesProvider PROVIDER = new FixedBytesProvider();

    @RegisterExtension
    static final GatewayTestCase DRILL = RawProviderChain.drill(
            PROVIDER,
            GatewayTestCase.SOON,
            config -> GatewayTestCase.withoutRetries(config)
                    .replace("heartbeat: 10s", "heartbeat: 60ms")
                    .replace("first-openai: {", "first-openai: { max-in-flight: 1,"));

    private static final String CHAT = "{\"model\":\"gpt\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String ANSWER =
            "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"raw\",\"choices\":[{\"index\":0,\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"small\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,"
                    + "\"completion_tokens\":1,\"total_tokens\":2}}";

    private static Stream<Arguments> endpoints() {
        return Stream.of(
                Arguments.of("/v1/chat/completions", CHAT),
                Arguments.of("/v1/messages", CHAT.replace("{\"model\"", "{\"max_tokens\":9,\"model\"")),
                Arguments.of("/v1/responses", "{\"model\":\"gpt\",\"input\":\"hi\"}"),
                Arguments.of("/v1beta/models/gpt:generateContent", "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}"));
    }

    @DisplayName("B21 a client that offers HTTP/2 in clear text")
    @ParameterizedTest(name = "B21 {0}: the offer is passed over, and the connection serves the next request")
    @MethodSource("endpoints")
    void upgrade_offer(String path, String body) throws Exception {
        String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        String offer = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
        String chunks = chunk(body.substring(0, 9)) + chunk(body.substring(9)) + "0\r\n\r\n";
        try (RawHttpClient client =
                RawHttpClient.connect(DRILL.gateway().standalone.port())) {
            assertThat(client.exchange(head + offer + "Transfer-Encoding: chunked\r\n\r\n" + chunks))
                    .startsWith("HTTP/1.1 200");
            assertThat(client.exchange(head + "Content-Length: " + body.length() + "\r\n\r\n" + body))
                    .startsWith("HTTP/1.1 200");
        }
        HttpRequest request = HttpRequest.newBuilder(DRILL.gateway().uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> java = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(java.statusCode()).as(java.body()).isEqualTo(200);
        assertThat(java.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    @Test
    @DisplayName("B21 no provider is offered another protocol")
    void no_offer_to_providers() throws Exception {
        List<String> heads = new CopyOnWriteArrayList<>();
        PROVIDER.answer(request -> {
            heads.add(request);
            return Reply.json(200, ANSWER);
        });

        assertThat(DRILL.ask("first-openai", false).statusCode()).isEqualTo(200);
        assertThat(heads).singleElement().asString().doesNotContainIgnoringCase("upgrade", "http2-settings");
    }

    @DisplayName("B22 a request without a model")
    @ParameterizedTest(name = "B22 {0} {1}: 400 that names the field and is not to be sent again")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/responses | {'input':'hi'}",
                "/v1/responses | {'input':'hi','stream':true}",
                "/v1/responses | {'input':'hi','model':null}",
                "/v1/responses | {'input':'hi','model':''}",
                "/v1/chat/completions | {'messages':[{'role':'user','content':'hi'}]}",
                "/v1/messages | {'max_tokens':9,'messages':[{'role':'user','content':'hi'}]}"
            })
    void without_a_model(String path, String body) throws Exception {
        HttpResponse<String> response = DRILL.gateway().post(path, body.replace('\'', '"'));

        JsonNode error = Json.read(response.body()).path("error");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("message").asText()).contains("model");
        assertThat(header(response, "x-should-retry")).isEqualTo("false");
        assertThat(DRILL.askedAny()).isZero();
    }

    @Test
    @DisplayName("B26 a conversation that is too long for a model is one caller's matter")
    void too_long_for_one() throws Exception {
        PROVIDER.answer(request -> request.contains("long story")
                ? Reply.json(
                        400,
                        "{\"error\":{\"message\":\"This model's maximum context length is 1048576 tokens. However, you"
                                + " requested 1186139 tokens.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}")
                : Reply.json(200, ANSWER));
        String asked = CHAT.replace("gpt", "%s").replace("hi", "%s");

        HttpResponse<String> alone =
                DRILL.gateway().post("/v1/chat/completions", asked.formatted("first-openai", "long story"));
        HttpResponse<String> chain =
                DRILL.gateway().post("/v1/chat/completions", asked.formatted("raw-openai", "long story"));
        HttpResponse<String> other = DRILL.gateway().post("/v1/chat/completions", asked.formatted("raw-openai", "hi"));

        assertThat(alone.statusCode()).isEqualTo(400);
        assertThat(Json.read(alone.body()).at("/error/code").asText()).isEqualTo("context_length_exceeded");
        assertThat(header(chain, "x-camelback-model")).isEqualTo("gpt");
        assertThat(header(other, "x-camelback-model")).isEqualTo("first-openai");
        assertThat(other.body()).doesNotContain("1186139");
        assertThat(DRILL.gateway().vitals.cooldowns().all()).isEmpty();
        assertThat(DRILL.failures("first-openai")).isZero();
    }

    @DisplayName("B27 the silences of a live stream")
    @ParameterizedTest(name = "B27 {0}: filled with what its clients pass over, and no event has an id")
    @EnumSource
    void silences(StreamingEndpoint endpoint) throws Exception {
        DRILL.script("gpt").then(SimulatedFault.ok(SimulatedCompletion.words(3).delay(Duration.ofMillis(300))));

        String body = endpoint.ask(DRILL, "gpt", false).body();

        StreamingEndpoint.Seen seen = endpoint.seen(body);
        assertThat(seen.complete()).as(body).isTrue();
        assertThat(seen.text()).isEqualTo("word1 word2 word3");
        assertThat(body.lines()).noneMatch(line -> line.startsWith("id:"));
        switch (endpoint) {
            case MESSAGES -> assertThat(body).contains("event: ping\ndata: {\"type\":\"ping\"}\n\n");
            case CHAT, RESPONSES -> assertThat(seen.comments()).isNotEmpty();
            default -> assertThat(body).containsPattern("(?s)word1.*\r\n\r\n\r?\n?.*word3");
        }
    }

    @DisplayName("B28 a client that gives up and asks again")
    @ParameterizedTest(name = "B28 {0}: the first call ends with it, and its place is free")
    @CsvSource({"/v1/chat/completions", "/v1/messages"})
    void gives_up_and_asks_again(String path) throws Exception {
        String body = CHAT.replace("gpt", "first-openai").replace("{\"model\"", "{\"max_tokens\":9,\"model\"");
        PROVIDER.answer(new Reply(new byte[0], End.OPEN));
        int asked = PROVIDER.asked();
        String streaming = body.replace("\"model\"", "\"stream\":true,\"model\"");
        try (RawHttpClient client =
                RawHttpClient.connect(DRILL.gateway().standalone.port())) {
            client.post(path, streaming);
            GatewayTestCase.soon("the first call").until(() -> PROVIDER.asked() > asked);
        }
        GatewayTestCase.soon("the end of the first call").until(() -> PROVIDER.openConnections() == 0);
        assertThat(DRILL.record().attempts().get(0).metering().estimated()).isTrue();

        PROVIDER.answer(Reply.json(200, ANSWER));
        assertThat(DRILL.gateway().post(path, body).statusCode()).isEqualTo(200);
    }

    private static Stream<Arguments> pieces() {
        return IntStream.of(3, 7, 16, 20, 25, 60)
                .boxed()
                .flatMap(size -> Stream.of(
                        Arguments.of(
                                size,
                                "/v1/messages",
                                "{\"model\":\"first-responses\",\"max_tokens\":64,\"stream\":%s,\"stop_sequences\":"
                                        + "[\"</severity>\"],\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
                        Arguments.of(
                                size,
                                "/v1/chat/completions",
                                "{\"model\":\"first-responses\",\"stream\":%s,\"stop\":[\"</severity>\"],\"messages\":"
                                        + "[{\"role\":\"user\",\"content\":\"hi\"}]}")));
    }

    @DisplayName("B29 a stop sequence for a provider that knows none")
    @ParameterizedTest(name = "B29 {1}, cut at {0}: the answer ends before it, and the call with it")
    @MethodSource("pieces")
    void stop_sequences(int size, String path, String body) throws Exception {
        PROVIDER.answer(Reply.stream(responses("<severity>low</severity> and more", size), End.OPEN));

        HttpResponse<String> streamed = DRILL.gateway().post(path, body.formatted("true"));
        HttpResponse<String> whole = DRILL.gateway().post(path, body.formatted("false"));

        JsonNode answer = Json.read(whole.body());
        StreamingEndpoint endpoint = path.equals("/v1/messages") ? StreamingEndpoint.MESSAGES : StreamingEndpoint.CHAT;
        assertThat(endpoint.seen(streamed.body()).text()).isEqualTo("<severity>low");
        if (endpoint == StreamingEndpoint.MESSAGES) {
            assertThat(streamed.body())
                    .contains("\"stop_reason\":\"stop_sequence\"", "\"stop_sequence\":\"</severity>\"");
            assertThat(answer.at("/content/0/text").asText()).isEqualTo("<severity>low");
            assertThat(answer.path("stop_sequence").asText()).isEqualTo("</severity>");
            assertThat(answer.at("/usage/output_tokens").asInt()).isPositive();
        } else {
            assertThat(RunningGateway.text(whole)).isEqualTo("<severity>low");
        }
        GatewayTestCase.soon("the end of the calls").until(() -> PROVIDER.openConnections() == 0);
    }

    private static byte[] responses(String text, int size) {
        StringBuilder events = new StringBuilder(
                "data: {\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"model\":\"raw\"}}\n\ndata: {\"type\":"
                        + "\"response.output_item.added\",\"output_index\":0,\"item\":{\"type\":\"message\",\"id\":\"i\"}}\n\n");
        for (int at = 0; at < text.length(); at += size) {
            events.append(
                            "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"content_index\":0,\"delta\":")
                    .append(Json.text(Json.of(text.substring(at, Math.min(text.length(), at + size)))))
                    .append("}\n\n");
        }
        return events.toString().getBytes(StandardCharsets.UTF_8);
    }

    @DisplayName("F2 names of models that clients have built in")
    @ParameterizedTest(name = "F2 {0}: {1} answers, and when a maker is down the next one")
    @CsvSource({
        "gpt-4o, balanced",
        "gpt-4o-mini, economy",
        "gpt-4.1, balanced",
        "openai/gpt-4o, balanced",
        "claude-sonnet-4-5, balanced",
        "gemini-2.5-flash, economy"
    })
    void built_in_names(String model, String chain) throws Exception {
        for (String deployment : List.of("claude-sonnet", "deepseek")) {
            DRILL.script(deployment).always(SimulatedFault.status(503));
        }

        HttpResponse<String> response = DRILL.ask(model, false);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "x-camelback-chain")).isEqualTo(chain);
    }

    @DisplayName("B39 an answer that was all thinking")
    @ParameterizedTest(name = "B39 streamed {0}: by default it stays")
    @ValueSource(booleans = {false, true})
    void all_thinking(boolean stream) throws Exception {
        String answer = ANSWER.replace("\"content\":\"small\"", "\"content\":\"\",\"reasoning\":\"hm\"")
                .replace("\"stop\"", "\"length\"");
        String events = "data: "
                + answer.replace("\"message\"", "\"delta\"").replace("chat.completion", "chat.completion.chunk")
                + "\n\ndata: [DONE]\n\n";
        PROVIDER.answer(
                stream ? Reply.stream(events.getBytes(StandardCharsets.UTF_8), End.FIN) : Reply.json(200, answer));

        HttpResponse<String> response = DRILL.ask("raw-openai", stream);

        assertThat(header(response, "x-camelback-model")).isEqualTo("first-openai");
        assertThat(response.body()).contains("\"finish_reason\":\"length\"");
    }
}
