package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.testkit.FixedBytesProvider;
import io.camelback.testkit.FixedBytesProvider.Reply;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawProviderChain;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.WireBody;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the vendors' own SDKs expect beside the answer: names, paths, envelopes, and an answer that is one. */
class ClientExpectationsTest {
    @RegisterExtension
    private static final FixedBytesProvider PROVIDER = new FixedBytesProvider();

    @RegisterExtension
    static final GatewayTestCase DRILL = RawProviderChain.drill(
            PROVIDER,
            GatewayTestCase.SOON,
            config -> config.replace("\naliases:\n", "\naliases:\n  \"public-model-*\": gpt\n")
                    .replace(
                            "\nchains:\n",
                            "\nchains:\n  raw-gemini: { quality: { refusals: true } }\n"
                                    + "  raw-anthropic: { quality: { min-length: 1 } }\n"));

    private static JsonNode get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(DRILL.gateway().uri(path));
        HttpResponse<String> response = DRILL.gateway()
                .client()
                .send(
                        (headers.length == 0 ? request : request.headers(headers)).build(),
                        HttpResponse.BodyHandlers.ofString());
        return Json.read(response.body());
    }

    @DisplayName("F3 what POST takes, GET knows")
    @ParameterizedTest(name = "F3 GET {0} by an alias")
    @CsvSource({
        "/v1/models/public-model-7, id, public-model-7",
        "/v1beta/models/public-model-7, name, models/public-model-7"
    })
    void aliases(String path, String field, String name) throws Exception {
        assertThat(get(path).path(field).asText()).isEqualTo(name);
        assertThat(get("/v1/models/nobodys").at("/error/message").asText()).contains("\"nobodys\"");
    }

    @Test
    @DisplayName("F6 each model has the lifecycle that Anthropic's clients validate")
    void lifecycle() throws Exception {
        for (JsonNode model : get("/v1/models").path("data")) {
            assertThat(model.path("lifecycle").asText()).isEqualTo("active");
        }
    }

    @DisplayName("F7 an unknown path answers in the client's own format")
    @ParameterizedTest(name = "F7 {0}: {2}")
    @CsvSource({
        "anthropic-version, 2023-06-01, /type, error",
        "x-goog-api-client, google-genai-sdk/3, /error/status, NOT_FOUND",
        "accept, application/json, /error/code, not_found"
    })
    void envelopes(String header, String value, String pointer, String told) throws Exception {
        assertThat(get("/v1/files", header, value).at(pointer).asText()).isEqualTo(told);
    }

    @Test
    @DisplayName("F8 chat completions without /v1")
    void bare_path() throws Exception {
        HttpResponse<String> response = DRILL.gateway().post("/chat/completions", RunningGateway.chat("gpt", false));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(RunningGateway.text(response)).isEqualTo(DRILL.hello("gpt"));
    }

    @DisplayName("F5 a provider that does not name its model")
    @ParameterizedTest(name = "F5 {0} names the deployment''s model")
    @CsvSource({"/v1/chat/completions, messages", "/v1/responses, input"})
    void model_name(String endpoint, String field) throws Exception {
        PROVIDER.answer(
                Reply.json(
                        200,
                        "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"hi\"}]},\"finishReason\":\"STOP\"}]}"));

        HttpResponse<String> response = DRILL.gateway()
                .post(
                        endpoint,
                        "{\"model\":\"first-gemini\",\"" + field + "\":[{\"role\":\"user\",\"content\":\"x\"}]}");

        assertThat(Json.read(response.body()).path("model").asText())
                .as(response.body())
                .isEqualTo("raw");
    }

    private static final String THOUGHT =
            "{\"id\":\"x\",\"model\":\"raw\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,"
                    + "\"reasoning\":\"VAULT-7\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,"
                    + "\"completion_tokens\":2}}";
    private static final String THOUGHT_STREAM =
            "data: {\"id\":\"x\",\"model\":\"raw\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"reasoning\":"
                    + "\"VAULT-7\"}}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                    + "data: [DONE]\n\n";

    private static void thinks() {
        PROVIDER.answer(request -> request.contains("\"stream\":true")
                ? Reply.stream(THOUGHT_STREAM.getBytes(StandardCharsets.UTF_8), FixedBytesProvider.End.FIN)
                : Reply.json(200, THOUGHT));
    }

    @DisplayName("B38 an answer of reasoning alone")
    @ParameterizedTest(name = "B38 {0}: the next link answers; alone it is given, marked")
    @ValueSource(strings = {"not streamed", "full", "tools"})
    void reasoning_alone(String mode) throws Exception {
        boolean stream = !mode.equals("not streamed");
        String[] headers = stream ? new String[] {"x-camelback-commit", mode} : new String[0];
        thinks();

        HttpResponse<String> chain = DRILL.ask("raw-openai", stream, headers);
        HttpResponse<String> alone = DRILL.ask("first-openai", stream, headers);

        assertThat(header(chain, "x-camelback-model")).as(chain.body()).isEqualTo("gpt");
        assertThat(RunningGateway.text(chain)).isEqualTo(DRILL.hello("gpt"));
        assertThat(alone.statusCode()).as(alone.body()).isEqualTo(200);
        assertThat(alone.body()).contains("VAULT-7");
        assertThat(RunningGateway.text(alone)).isIn("", "null");
        assertThat(alone.headers().firstValue("x-camelback-quality").orElse(alone.body()))
                .contains("missed");
    }

    @DisplayName("B38 an answer of reasoning alone, in a chain with checks of its own")
    @ParameterizedTest(name = "B38 streamed {0}: the same judgement")
    @ValueSource(booleans = {false, true})
    void reasoning_alone_with_quality(boolean stream) throws Exception {
        String thought =
                "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"VAULT-7\",\"thought\":true}]},"
                        + "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":1,\"thoughtsTokenCount\":2}}";
        PROVIDER.answer(request -> request.contains("streamGenerateContent")
                ? Reply.stream(
                        ("data: " + thought + "\n\n").getBytes(StandardCharsets.UTF_8), FixedBytesProvider.End.FIN)
                : Reply.json(200, thought));

        HttpResponse<String> response = DRILL.ask("raw-gemini", stream);

        assertThat(header(response, "x-camelback-model")).as(response.body()).isEqualTo("gpt");
        assertThat(RunningGateway.text(response)).isEqualTo(DRILL.hello("gpt"));
        assertThat(response.body()).doesNotContain("VAULT-7");
    }

    @DisplayName("B39 an answer that was all thinking, where the operator says that this is none")
    @ParameterizedTest(name = "B39 streamed {0}: the next link answers")
    @ValueSource(booleans = {false, true})
    void all_thinking(boolean stream) throws Exception {
        String start =
                "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
                        + "\"c\",\"content\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":0}}}";
        String events = "data: " + start
                + "\n\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":"
                + "\"thinking\",\"thinking\":\"\"}}\n\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":"
                + "\"thinking_delta\",\"thinking\":\"hm\"}}\n\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\ndata: {\"type\":"
                + "\"message_delta\",\"delta\":{\"stop_reason\":\"max_tokens\"},\"usage\":{\"output_tokens\":190}}\n\ndata: {\"type\":"
                + "\"message_stop\"}\n\n";
        PROVIDER.answer(request -> request.contains("\"stream\":true")
                ? Reply.stream(events.getBytes(StandardCharsets.UTF_8), FixedBytesProvider.End.FIN)
                : Reply.json(
                        200,
                        "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"c\",\"stop_reason\":\"max_tokens\","
                                + "\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"}],\"usage\":{"
                                + "\"input_tokens\":1,\"output_tokens\":190}}"));

        HttpResponse<String> response = DRILL.ask("raw-anthropic", stream);

        assertThat(header(response, "x-camelback-model")).as(response.body()).isEqualTo("gpt");
        assertThat(RunningGateway.text(response)).isEqualTo(DRILL.hello("gpt"));
    }

    @DisplayName("X02 no answer with a good status")
    @ParameterizedTest(name = "X02 {0} as {1}: the next link answers, whichever format the provider speaks")
    @CsvSource({
        "<html><body>502</body></html>, application/json",
        "<html><body>502</body></html>, text/html",
        "'', application/json",
        "'', text/event-stream"
    })
    void no_answer(String body, String type) throws Exception {
        PROVIDER.answer(Reply.of(
                "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
                        + "\r\nConnection: close\r\n\r\n",
                body.getBytes(StandardCharsets.UTF_8),
                FixedBytesProvider.End.FIN));

        for (RawProviderChain chain : RawProviderChain.values()) {
            for (boolean stream : new boolean[] {false, true}) {
                DRILL.again();
                HttpResponse<String> response = DRILL.ask(chain.chain, stream);

                assertThat(header(response, "x-camelback-model"))
                        .as(chain + " " + response.body())
                        .isEqualTo("gpt");
                assertThat(response.body()).doesNotContain("<html>");
            }
        }
    }

    @Test
    @DisplayName("B40 no data line but JSON and [DONE]")
    void comments() throws Exception {
        PROVIDER.answer(Reply.stream(
                (": OPENROUTER PROCESSING\n\ndata: {\"id\":\"x\",\"model\":\"raw\",\"choices\":[{\"index\":0,\"delta\":{"
                                + "\"content\":\"hi\"}}]}\n\n: OPENROUTER PROCESSING\n\n"
                                + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                                + "data: [DONE]\n\n")
                        .getBytes(StandardCharsets.UTF_8),
                FixedBytesProvider.End.FIN));

        HttpResponse<String> response = DRILL.ask("first-openai", true);

        assertThat(response.body().lines().filter(line -> line.startsWith("data: ")))
                .allMatch(line -> line.equals("data: [DONE]")
                        || WireBody.json(line.substring(6)).isObject());
    }
}
