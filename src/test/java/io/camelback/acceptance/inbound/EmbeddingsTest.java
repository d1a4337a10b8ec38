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
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Embeddings over HTTP, from the shipped deployments and the shipped chain. */
class EmbeddingsTest extends EmbeddingsTestBase {
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
                        "embeddings-large",
                        "embed-small",
                        "embed-small-openrouter",
                        "embed-large",
                        "embed-large-openrouter",
                        "embed-gemini",
                        "embed-local",
                        "text-embedding-3-small",
                        "text-embedding-3-large",
                        "gemini-embedding-001",
                        "nomic-embed-text");
    }

    @DisplayName("F4 embeddings by the names that clients have built in")
    @ParameterizedTest(name = "F4 {0} is answered by {1}")
    @CsvSource({
        "text-embedding-3-small, embed-small",
        "text-embedding-3-large, embed-large",
        "openai/text-embedding-3-small, embed-small",
        "gemini-embedding-001, embed-gemini",
        "models/gemini-embedding-001, embed-gemini",
        "nomic-embed-text, embed-local"
    })
    void public_names(String model, String deployment) throws Exception {
        HttpResponse<String> response = embed(model, List.of("one", "two"));

        assertThat(vectors(response)).hasSize(2).doesNotHaveDuplicates();
        assertThat(header(response, "x-camelback-model")).isEqualTo(deployment);
        assertThat(DRILL.gateway()
                        .get(DRILL.gateway().uri("/v1/models/" + model.replaceFirst("^.*/", "")))
                        .body())
                .contains("\"mode\":\"embeddings\"");
    }

    @Test
    @DisplayName("F4 a public name falls back to the same model elsewhere")
    void public_name_with_a_fallback() throws Exception {
        DRILL.script("embed-large").always(SimulatedFault.status(503));

        assertThat(header(embed("text-embedding-3-large", "a"), "x-camelback-model"))
                .isEqualTo("embed-large-openrouter");
    }

    @Test
    @DisplayName("F4 Google's client by the public name: two texts are two vectors, and it chats with none of them")
    void google_by_the_public_name() throws Exception {
        String text = "{\"model\":\"models/gemini-embedding-001\",\"content\":{\"parts\":[{\"text\":\"%s\"}]}}";

        HttpResponse<String> response = DRILL.gateway()
                .post(
                        "/v1beta/models/gemini-embedding-001:batchEmbedContents",
                        "{\"requests\":[" + text.formatted("a") + "," + text.formatted("b") + "]}");
        HttpResponse<String> chat = DRILL.gateway()
                .post(
                        "/v1beta/models/gemini-embedding-001:generateContent",
                        "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}");

        assertThat(Json.read(response.body()).path("embeddings"))
                .as(response.body())
                .hasSize(2);
        assertThat(chat.statusCode()).isEqualTo(400);
        assertThat(chat.body()).contains("makes embeddings and does not chat");
    }
}
