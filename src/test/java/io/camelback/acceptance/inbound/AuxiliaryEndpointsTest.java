package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.SimulatedProvider;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.testkit.GatewayTestCase;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Google's and OpenAI's clients ask beside conversations. */
class AuxiliaryEndpointsTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private static final String CONTENTS =
            "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"How are you today?\"}]}]";

    private static HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return DRILL.gateway().post(path, body, headers);
    }

    private static JsonNode good(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "x-camelback-request-id")).isNotNull();
        return Json.read(response.body());
    }

    private static RecordedRequest last(SimulatedProvider provider) {
        List<RecordedRequest> all = provider.received();
        return all.get(all.size() - 1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/v1beta", "/v1"})
    void gemini_counts_its_own_tokens(String version) throws Exception {
        HttpResponse<String> response =
                post(version + "/models/gemini-pro:countTokens", "{" + CONTENTS + "}", "x-goog-api-key", "mine");

        RecordedRequest asked = last(DRILL.gateway().lab.gemini());
        assertThat(good(response).path("totalTokens").asInt()).isEqualTo(asked.body().length / 4);
        assertThat(header(response, "x-camelback-model")).isEqualTo("gemini-pro");
        assertThat(header(response, "x-camelback-estimated")).isNull();
        assertThat(asked.path()).isEqualTo("/v1beta/models/gemini-4-argon:countTokens");
        assertThat(asked.key()).isEqualTo("sim-gemini");
        assertThat((Object) asked.json())
                .isEqualTo(Json.read(
                        "{\"generateContentRequest\":{\"model\":\"models/gemini-4-argon\"," + CONTENTS + "}}"));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({
        "claude-opus, /v1beta/models/claude-opus:countTokens, totalTokens",
        "gpt-responses, /v1beta/models/gpt-responses:countTokens, totalTokens",
        "gemini-pro, /v1/messages/count_tokens, input_tokens",
        "gpt-responses, /v1/messages/count_tokens, input_tokens",
        "claude-opus, /v1/responses/input_tokens, input_tokens",
        "gpt-responses, /v1/responses/input_tokens, input_tokens"
    })
    void whoever_would_answer_counts_in_its_own_dialect(String model, String path, String field) throws Exception {
        String body = path.contains("messages")
                ? "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
                : path.contains("responses/") ? "\"input\":\"hi\"" : CONTENTS;

        HttpResponse<String> response = post(path, "{\"model\":\"" + model + "\"," + body + "}");

        RecordedRequest asked = last(DRILL.provider(model));
        assertThat(asked.path()).containsAnyOf("count_tokens", "countTokens", "input_tokens");
        assertThat(good(response).path(field).asInt()).isEqualTo(asked.body().length / 4);
        assertThat(header(response, "x-camelback-model")).isEqualTo(model);
        assertThat(good(response).path("object").asText())
                .isEqualTo(path.contains("responses/") ? "response.input_tokens" : "");
        assertThat(DRILL.askedAny()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/v1beta/models/economy:countTokens, totalTokens", "/v1/responses/input_tokens, input_tokens"})
    void what_nobody_counts_is_estimated_and_marked(String path, String field) throws Exception {
        HttpResponse<String> response =
                post(path, "{\"model\":\"economy\",\"input\":\"How are you today?\"," + CONTENTS + "}");

        assertThat(good(response).path(field).asInt()).isBetween(5, 20);
        assertThat(header(response, "x-camelback-estimated")).isEqualTo("true");
        assertThat(DRILL.askedAny()).isZero();
    }

    @Test
    void a_count_that_fails_is_estimated_and_harms_nobody() throws Exception {
        DRILL.script("gemini-pro").always(SimulatedFault.status(500));

        HttpResponse<String> response = post("/v1beta/models/gemini-pro:countTokens", "{" + CONTENTS + "}");

        assertThat(good(response).path("totalTokens").asInt()).isPositive();
        assertThat(header(response, "x-camelback-estimated")).isEqualTo("true");
        assertThat(DRILL.failures("gemini-pro")).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"embed-gemini", "embed-small", "embeddings"})
    void google_embeds_on_every_chain_of_embeddings(String model) throws Exception {
        String one =
                "{\"content\":{\"parts\":[{\"text\":\"%s\"}]},\"outputDimensionality\":4,\"taskType\":\"RETRIEVAL_QUERY\"}";

        JsonNode single = good(post("/v1beta/models/" + model + ":embedContent", one.formatted("a")));
        JsonNode batch = good(post(
                "/v1beta/models/" + model + ":batchEmbedContents",
                "{\"requests\":[" + one.formatted("a") + "," + one.formatted("b") + "]}"));

        assertThat(single.at("/embedding/values")).hasSize(4);
        assertThat(batch.path("embeddings")).hasSize(2);
        assertThat(batch.at("/embeddings/0/values"))
                .isEqualTo(single.at("/embedding/values"))
                .isNotEqualTo(batch.at("/embeddings/1/values"));
        String task = last(DRILL.provider(model.equals("embeddings") ? "embed-small" : model))
                .json()
                .at("/requests/0/taskType")
                .asText();
        assertThat(task).isEqualTo(model.equals("embed-gemini") ? "RETRIEVAL_QUERY" : "");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "embedContent, {}, content",
        "embedContent, '{\"content\":{\"parts\":[{\"inlineData\":{}}]}}', content",
        "embedContent, '{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"outputDimensionality\":\"x\"}', outputDimensionality",
        "batchEmbedContents, {}, requests",
        "batchEmbedContents, '{\"requests\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}},"
                + "{\"content\":{\"parts\":[{\"text\":\"b\"}]},\"taskType\":\"CLUSTERING\"}]}', taskType",
        "countTokens, {}, contents",
        "listModels, {}, generateContent"
    })
    void what_google_would_refuse_is_refused_in_its_words(String method, String body, String named) throws Exception {
        HttpResponse<String> response = post("/v1beta/models/embed-gemini:" + method, body);

        JsonNode error = Json.read(response.body()).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(response.statusCode()).isBetween(400, 404);
        assertThat(error.path("status").asText()).isIn("INVALID_ARGUMENT", "NOT_FOUND");
        assertThat(error.path("message").asText()).contains(named);
        assertThat(DRILL.askedAny()).isZero();
    }

    @Test
    void google_lists_models_page_by_page() throws Exception {
        JsonNode first = good(DRILL.gateway().get(DRILL.gateway().uri("/v1beta/models?pageSize=3")));
        JsonNode second = good(DRILL.gateway()
                .get(DRILL.gateway()
                        .uri("/v1beta/models?pageSize=1000&pageToken="
                                + first.path("nextPageToken").asText())));

        assertThat(first.path("models")).hasSize(3);
        assertThat(second.has("nextPageToken")).isFalse();
        List<String> names = StreamSupport.stream(second.path("models").spliterator(), false)
                .map(model -> model.path("name").asText())
                .toList();
        assertThat(names)
                .contains("models/claude-opus", "models/premium")
                .doesNotContain(first.at("/models/0/name").asText());
        assertThat(DRILL.gateway()
                        .get(DRILL.gateway().uri("/v1beta/models?pageToken=x"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void google_tells_one_model() throws Exception {
        JsonNode chat = good(DRILL.gateway().get(DRILL.gateway().uri("/v1beta/models/gemini-pro")));
        JsonNode embed = good(DRILL.gateway().get(DRILL.gateway().uri("/v1beta/models/embed-gemini")));
        HttpResponse<String> none = DRILL.gateway().get(DRILL.gateway().uri("/v1beta/models/nobody"));

        assertThat(chat.path("name").asText()).isEqualTo("models/gemini-pro");
        assertThat(chat.path("inputTokenLimit").asInt()).isEqualTo(1_048_576);
        assertThat(Json.text(chat.path("supportedGenerationMethods"))).contains("streamGenerateContent", "countTokens");
        assertThat(Json.text(embed.path("supportedGenerationMethods")))
                .isEqualTo("[\"embedContent\",\"batchEmbedContents\"]");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(Json.read(none.body()).at("/error/status").asText()).isEqualTo("NOT_FOUND");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"x-goog-api-key", "x-goog-api-client"})
    void google_s_clients_get_google_s_list_at_v1_too(String name) throws Exception {
        URI uri = DRILL.gateway().uri("/v1/models");
        HttpResponse<String> response = DRILL.gateway()
                .client()
                .send(HttpRequest.newBuilder(uri).header(name, "any").build(), BodyHandlers.ofString());

        assertThat(good(response).at("/models/0/name").asText()).startsWith("models/");
        assertThat(good(DRILL.gateway().get(uri)).path("object").asText()).isEqualTo("list");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "GET, /v1/responses/resp_1, input",
        "DELETE, /v1/responses/resp_1, input",
        "POST, /v1/responses/resp_1/cancel, close",
        "GET, /v1/responses/resp_1/input_items, input"
    })
    void what_responses_keep_elsewhere_is_refused_with_what_to_do_instead(String method, String path, String instead)
            throws Exception {
        HttpResponse<String> response = DRILL.gateway()
                .client()
                .send(
                        HttpRequest.newBuilder(DRILL.gateway().uri(path))
                                .header("content-type", "application/json")
                                .method(
                                        method,
                                        method.equals("POST")
                                                ? HttpRequest.BodyPublishers.ofString("{}")
                                                : HttpRequest.BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());

        JsonNode error = Json.read(response.body()).path("error");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("code").asText()).isEqualTo("not_supported");
        assertThat(error.path("message").asText()).contains(instead);
    }
}
