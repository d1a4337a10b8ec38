package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.errors.BadRequestException;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams.EncodingFormat;
import io.camelback.acceptance.sdk.OpenAiSdkTest;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Embeddings by the door, from the shipped deployments and the shipped chain. */
class EmbeddingsTest {
    /** The first link has little time, so that a silent one is seen soon. */
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(config -> config.replace(
            "    model: text-embedding-3-small\n", "    model: text-embedding-3-small\n    timeouts: { total: 1s }\n"));

    private static HttpResponse<String> embed(Map<String, ?> request, String... headers) throws Exception {
        return DRILL.gateway().post("/v1/embeddings", Json.text(Json.of(request)), headers);
    }

    private static HttpResponse<String> embed(String model, Object input) throws Exception {
        return embed(Map.of("model", model, "input", input));
    }

    /** All vectors of an answer, in either encoding. */
    private static List<List<Float>> vectors(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        List<List<Float>> vectors = new ArrayList<>();
        for (JsonNode item : Json.read(response.body()).path("data")) {
            assertThat(item.path("index").asInt()).isEqualTo(vectors.size());
            List<Float> vector = new ArrayList<>();
            if (item.path("embedding").isTextual()) {
                ByteBuffer bytes = ByteBuffer.wrap(
                        Base64.getDecoder().decode(item.path("embedding").textValue()));
                bytes.order(ByteOrder.LITTLE_ENDIAN);
                while (bytes.hasRemaining()) {
                    vector.add(bytes.getFloat());
                }
            } else {
                item.path("embedding").forEach(number -> vector.add(number.floatValue()));
            }
            vectors.add(vector);
        }
        return vectors;
    }

    private static RecordedRequest last(String deployment) {
        List<RecordedRequest> all = DRILL.provider(deployment).received();
        return all.get(all.size() - 1);
    }

    @Test
    void a_text_becomes_numbers() throws Exception {
        HttpResponse<String> response = embed("embeddings", "hello");

        assertThat(vectors(response))
                .singleElement()
                .satisfies(vector -> assertThat(vector).hasSize(8));
        assertThat(header(response, "content-type")).isEqualTo("application/json");
        assertThat(header(response, "x-camelback-request-id")).matches("req_[0-9a-f]{24}");
        assertThat(header(response, "x-camelback-chain")).isEqualTo("embeddings");
        assertThat(header(response, "x-camelback-model")).isEqualTo("embed-small");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
        assertThat(header(response, "x-camelback-cost-usd")).matches("0\\.00000[1-9]");
        assertThat(header(response, "x-camelback-complexity"))
                .as("it is of conversations")
                .isNull();
        assertThat(header(response, "x-camelback-degraded")).isNull();
        JsonNode answer = Json.read(response.body());
        assertThat(answer.path("object").asText()).isEqualTo("list");
        assertThat(answer.path("model").asText()).isEqualTo("text-embedding-3-small");
        assertThat(answer.at("/usage/prompt_tokens").asInt())
                .isPositive()
                .isEqualTo(answer.at("/usage/total_tokens").asInt());
        assertThat(last("embed-small").path()).isEqualTo("/v1/embeddings");
        assertThat(last("embed-small").key()).isEqualTo("sim-openai");
        assertThat((Object) last("embed-small").json())
                .isEqualTo(Json.read("{\"model\":\"text-embedding-3-small\",\"input\":\"hello\"}"));
        DRILL.awaitLog("embeddings -> 200 embed-small");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"embed-small", "embed-small-openrouter", "embed-large", "embed-gemini", "embed-local"})
    void every_model_answers_by_its_name_in_both_encodings(String model) throws Exception {
        HttpResponse<String> numbers =
                embed(Map.of("model", model, "input", List.of("one", "two"), "encoding_format", "float"));
        HttpResponse<String> base64 =
                embed(Map.of("model", model, "input", List.of("one", "two"), "encoding_format", "base64"));

        assertThat(vectors(numbers)).hasSize(2).doesNotHaveDuplicates().isEqualTo(vectors(base64));
        assertThat(Json.read(numbers.body()).at("/data/1/embedding").isArray()).isTrue();
        assertThat(Json.read(base64.body()).at("/data/1/embedding").isTextual()).isTrue();
        assertThat(header(numbers, "x-camelback-model")).isEqualTo(model);
        assertThat(header(numbers, "x-camelback-chain")).isEqualTo(model);
        boolean openAi = DRILL.provider(model).name().equals("openai");
        assertThat(last(model).json().path("encoding_format").asText(null)).isEqualTo(openAi ? "base64" : null);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"embed-small", "embed-gemini"})
    void the_length_of_the_vectors_can_be_asked_for(String model) throws Exception {
        assertThat(vectors(embed(Map.of("model", model, "input", "hello", "dimensions", 5)))
                        .get(0))
                .hasSize(5);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"embed-small, 200", "embed-small-openrouter, 200", "embed-gemini, 400", "embed-local, 400"})
    void tokens_are_understood_by_their_own_tokenizers_models_only(String model, int status) throws Exception {
        HttpResponse<String> response = embed(model, List.of(List.of(1, 2), List.of(3)));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(Json.read(response.body()).at("/error/code").asText()).isEqualTo(status == 200 ? "" : "unsupported");
        assertThat(DRILL.askedAny()).isEqualTo(status == 200 ? 1 : 0);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("a rate limit", 1, SimulatedFault.status(429).header("Retry-After", "30")),
                Arguments.of("a server error", 3, SimulatedFault.status(500)),
                Arguments.of("an overload", 3, SimulatedFault.status(529)),
                Arguments.of("a reset", 3, SimulatedFault.resetBeforeHeaders()),
                Arguments.of("a refused key", 1, SimulatedFault.status(401)),
                Arguments.of("a model that is gone", 1, SimulatedFault.status(404)),
                Arguments.of("silence", 1, SimulatedFault.silence()),
                Arguments.of("HTML", 1, SimulatedFault.htmlWith200()),
                Arguments.of(
                        "an error with status 200",
                        1,
                        SimulatedFault.errorIn200("{\"error\":{\"message\":\"x\",\"code\":502}}")),
                Arguments.of(
                        "JSON cut short", 1, SimulatedFault.errorIn200("{\"data\":[{\"index\":0,\"embedding\":[0.1")),
                Arguments.of("no vector", 1, SimulatedFault.errorIn200("{\"object\":\"list\",\"data\":[]}")),
                Arguments.of(
                        "a vector too many",
                        1,
                        SimulatedFault.errorIn200(
                                "{\"data\":[{\"index\":0,\"embedding\":[0.1]},{\"index\":1,\"embedding\":[0.1]}]}")),
                Arguments.of("a stream", 1, SimulatedFault.rawSse("data: {}\n\n", 100)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void the_same_model_answers_elsewhere(String what, int tries, SimulatedFault fault) throws Exception {
        List<List<Float>> well = vectors(embed("embeddings", "hello"));
        int before = DRILL.asked("embed-small");
        DRILL.script("embed-small").always(fault);

        HttpResponse<String> response = embed("embeddings", "hello");

        assertThat(vectors(response)).isEqualTo(well);
        assertThat(header(response, "x-camelback-model")).isEqualTo("embed-small-openrouter");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo(String.valueOf(tries + 1));
        // A reset of a connection that was used before is the connection's fault: it is sent once more without a word
        // (C08).
        int sent = what.equals("a reset") ? tries + 1 : tries;
        assertThat(DRILL.asked("embed-small") - before).isEqualTo(sent);
        assertThat(last("embed-small-openrouter").json().path("model").asText())
                .isEqualTo("openai/text-embedding-3-small");
    }

    @Test
    void no_other_model_ever_stands_in() throws Exception {
        DRILL.script("embed-small").always(SimulatedFault.status(500));
        DRILL.script("embed-small-openrouter").always(SimulatedFault.status(500));

        HttpResponse<String> response = embed("embeddings", "hello");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(Json.read(response.body()).at("/error/code").asText()).isEqualTo("upstream_error");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("6");
        assertThat(header(response, "x-camelback-chain")).isEqualTo("embeddings");
        assertThat(header(response, "x-camelback-cost-usd")).isNull();
        assertThat(header(response, "x-should-retry")).isEqualTo("false");
        assertThat(DRILL.askedAny()).isEqualTo(6);
    }

    @Test
    void a_rate_limit_parks_and_failures_open_the_breaker() throws Exception {
        DRILL.script("embed-small").then(SimulatedFault.status(429).header("Retry-After", "30"));
        DRILL.script("embed-large").always(SimulatedFault.status(500));

        vectors(embed("embeddings", "hello"));
        HttpResponse<String> parked = embed("embed-small", "hello");
        for (int i = 0; i < 5; i++) {
            assertThat(embed("embed-large", "hello").statusCode()).isEqualTo(502);
        }
        HttpResponse<String> open = embed("embed-large", "hello");

        assertThat(DRILL.parked("embed-small")).isTrue();
        assertThat(parked.statusCode()).isEqualTo(429);
        assertThat(header(parked, "Retry-After")).isEqualTo("30");
        assertThat(open.statusCode()).isEqualTo(503);
        assertThat(DRILL.asked("embed-small")).isEqualTo(1);
        assertThat(DRILL.asked("embed-large")).isEqualTo(15);
    }

    @Test
    void the_callers_own_time_counts() throws Exception {
        DRILL.script("embed-small").always(SimulatedFault.silence());

        HttpResponse<String> response =
                embed(Map.of("model", "embed-small", "input", "hello"), "x-camelback-timeout-ms", "200");

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(DRILL.asked("embed-small-openrouter")).isZero();
    }

    @Test
    void what_every_provider_declines_is_the_callers_to_mend() throws Exception {
        DRILL.gateway()
                .lab
                .providers()
                .forEach(
                        provider -> provider.script()
                                .always(
                                        SimulatedFault.status(400)
                                                .body(
                                                        "{\"error\":{\"message\":\"" + GatewayTestCase.CANARY
                                                                + "\",\"type\":\"invalid_request_error\",\"param\":\"input\",\"code\":null}}")));

        HttpResponse<String> response = embed("embeddings", "hello");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).doesNotContain("canary");
        assertThat(DRILL.asked("embed-small")).isEqualTo(1);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                bad("no model", "{\"input\":\"a\"}", 400, "model", "model is required"),
                bad("no input", "{\"model\":\"embeddings\"}", 400, "input", "input"),
                bad("an empty input", "{\"model\":\"embeddings\",\"input\":[\"\"]}", 400, "input[0]", "not empty"),
                bad(
                        "an unknown encoding",
                        "{\"model\":\"embeddings\",\"input\":\"a\",\"encoding_format\":\"hex\"}",
                        400,
                        "encoding_format",
                        "float or base64"),
                bad("no JSON", "{", 400, null, "not valid JSON"),
                bad(
                        "an unknown model",
                        "{\"model\":\"nobody\",\"input\":\"a\"}",
                        404,
                        "model",
                        "There is no embedding model \"nobody\". For embeddings there are: embeddings, embed-small, "
                                + "embed-small-openrouter, embed-large, embed-gemini, embed-local."),
                bad(
                        "an alias of chats",
                        "{\"model\":\"gpt-4.1\",\"input\":\"a\"}",
                        404,
                        "model",
                        "no embedding model \"gpt-4.1\""),
                bad(
                        "a chain of chats",
                        "{\"model\":\"premium\",\"input\":\"a\"}",
                        400,
                        "model",
                        "\"premium\" chats and makes no embeddings. For embeddings there are: embeddings, embed-small"),
                bad(
                        "a model that chats",
                        "{\"model\":\"gpt\",\"input\":\"a\"}",
                        400,
                        "model",
                        "\"gpt\" chats and makes no embeddings."));
    }

    private static Arguments bad(String what, String body, int status, String param, String told) {
        return Arguments.of(what, body, status, param, told);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String what, String body, int status, String param, String told) throws Exception {
        HttpResponse<String> response = DRILL.gateway().post("/v1/embeddings", body);

        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode error = Json.read(response.body()).path("error");
        assertThat(error.path("message").asText()).contains(told);
        assertThat(error.path("param").asText(null)).isEqualTo(param);
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(header(response, "x-camelback-request-id")).isNotNull();
        assertThat(DRILL.askedAny()).isZero();
    }

    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource({"embeddings, /v1/chat/completions", "embed-small, /v1/chat/completions", "embed-local, /v1/messages"})
    void no_conversation_with_a_model_of_embeddings(String model, String door) throws Exception {
        HttpResponse<String> response = DRILL.gateway()
                .post(door, RunningGateway.chat(model, false).replace("\"stream\":false", "\"max_tokens\":5"));

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode body = Json.read(response.body());
        assertThat(body.at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(body.at("/error/message").asText())
                .doesNotContain("embed-large")
                .contains("\"" + model + "\" makes embeddings and does not chat. There are: ", "premium");
        assertThat(DRILL.askedAny()).isZero();
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "text " + i).toList();
    }

    @Test
    void gemini_is_given_a_hundred_at_once() throws Exception {
        List<List<Float>> all = vectors(embed("embed-gemini", texts(250)));

        List<RecordedRequest> batches = DRILL.provider("embed-gemini").received();
        batches = batches.subList(batches.size() - 3, batches.size());
        assertThat(batches)
                .extracting(batch -> batch.json().path("requests").size())
                .containsExactly(100, 100, 50);
        assertThat(batches).allSatisfy(batch -> {
            assertThat(batch.path()).isEqualTo("/v1beta/models/gemini-embedding-001:batchEmbedContents");
            assertThat(batch.key()).isEqualTo("sim-gemini");
        });
        assertThat(all).hasSize(250).doesNotHaveDuplicates();
        assertThat(all.get(249))
                .isEqualTo(vectors(embed("embed-gemini", "text 249")).get(0));
        assertThat(all.get(100))
                .isEqualTo(vectors(embed("embed-gemini", "text 100")).get(0));
    }

    @Test
    void a_batch_that_fails_is_sent_again_and_no_other() throws Exception {
        DRILL.script("embed-gemini").then(SimulatedFault.ok(), SimulatedFault.status(503));

        HttpResponse<String> response = embed("embed-gemini", texts(201));

        assertThat(vectors(response)).hasSize(201);
        assertThat(DRILL.asked("embed-gemini")).isEqualTo(4);
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        assertThat(header(response, "x-camelback-cost-usd"))
                .as("Google told no usage")
                .isNull();
    }

    static Stream<Arguments> lost_batches() {
        return Stream.of(
                Arguments.of("a rate limit", SimulatedFault.status(429).header("Retry-After", "30"), 429),
                Arguments.of("a broken answer", SimulatedFault.errorIn200("{\"embeddings\":[]}"), 502),
                Arguments.of("a declined request", SimulatedFault.status(400), 400));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void lost_batches(String what, SimulatedFault fault, int status) throws Exception {
        DRILL.script("embed-gemini").then(SimulatedFault.ok(), fault);

        HttpResponse<String> response = embed("embed-gemini", texts(250));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(DRILL.asked("embed-gemini"))
                .as("the third batch is not sent")
                .isEqualTo(2);
    }

    @ParameterizedTest(name = "encoding {0}")
    @NullSource
    @ValueSource(strings = {"float", "base64"})
    void the_official_client_gets_its_vectors(String encoding) throws Exception {
        EmbeddingCreateParams.Builder request =
                EmbeddingCreateParams.builder().model("embeddings").inputOfArrayOfStrings(List.of("one", "two"));
        if (encoding != null) {
            request.encodingFormat(EncodingFormat.of(encoding));
        }
        DRILL.script("embed-small").then(SimulatedFault.status(429));

        CreateEmbeddingResponse answer;
        try (AutoClosing closing = new AutoClosing(OpenAiSdkTest.client(DRILL, 0))) {
            answer = closing.client().embeddings().create(request.build());
        }

        answer.validate();
        assertThat(answer.model()).isEqualTo("openai/text-embedding-3-small");
        assertThat(answer.usage().promptTokens()).isPositive();
        assertThat(answer.data()).extracting(Embedding::index).containsExactly(0L, 1L);
        assertThat(answer.data())
                .extracting(Embedding::embedding)
                .isEqualTo(vectors(embed("embeddings", List.of("one", "two"))));
    }

    @Test
    void the_official_client_is_told_what_there_is() {
        try (AutoClosing closing = new AutoClosing(OpenAiSdkTest.client(DRILL, 0))) {
            BadRequestException thrown = catchThrowableOfType(
                    BadRequestException.class,
                    () -> closing.client()
                            .embeddings()
                            .create(EmbeddingCreateParams.builder()
                                    .model("balanced")
                                    .input("hi")
                                    .build()));

            assertThat(thrown.param()).contains("model");
            assertThat(thrown.getMessage()).contains("embed-small");
        }
    }

    /** The client closes, and does not say so by its type. */
    private record AutoClosing(OpenAIClient client) implements AutoCloseable {
        @Override
        public void close() {
            client.close();
        }
    }

    @Test
    void the_list_of_models_tells_the_two_kinds_apart() throws Exception {
        JsonNode list = Json.read(
                        DRILL.gateway().get(DRILL.gateway().uri("/v1/models")).body())
                .path("data");

        List<String> embedding = new ArrayList<>();
        list.forEach(model -> {
            if (model.path("mode").asText().equals("embeddings")) {
                embedding.add(model.path("id").asText());
            } else {
                assertThat(model.path("mode").asText()).isEqualTo("chat");
            }
        });
        assertThat(embedding)
                .containsExactly(
                        "embeddings",
                        "embed-small",
                        "embed-small-openrouter",
                        "embed-large",
                        "embed-gemini",
                        "embed-local");
    }
}
