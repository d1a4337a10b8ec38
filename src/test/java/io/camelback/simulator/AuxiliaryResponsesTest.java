package io.camelback.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What a provider answers beside chats: embeddings, counts of tokens, lists of models. */
class AuxiliaryResponsesTest extends SimulatedProviderTestBase {
    @Test
    void embeddings_keep_the_order_and_depend_on_the_text_alone() throws Exception {
        JsonNode first = Json.read(
                SimulatedRequestCase.post(provider, "/v1/embeddings", "{\"model\":\"e\",\"input\":[\"a\",\"b\"]}")
                        .body());
        JsonNode second =
                Json.read(SimulatedRequestCase.post(provider, "/v1/embeddings", "{\"model\":\"e\",\"input\":\"b\"}")
                        .body());

        assertThat(first.at("/data/1/index").asInt()).isEqualTo(1);
        assertThat(first.at("/data/1/embedding"))
                .hasSize(8)
                .isEqualTo(second.at("/data/0/embedding"))
                .isNotEqualTo(first.at("/data/0/embedding"));
        assertThat(first.at("/usage/total_tokens").asInt()).isPositive();
    }

    @Test
    void embeddings_come_in_base64_when_asked() throws Exception {
        JsonNode body = Json.read(SimulatedRequestCase.post(
                        provider,
                        "/v1/embeddings",
                        "{\"model\":\"e\",\"input\":\"b\",\"dimensions\":4,\"encoding_format\":\"base64\"}")
                .body());

        assertThat(body.at("/data/0/embedding").binaryValue()).hasSize(16);
    }

    @Test
    void gemini_embeds_and_counts() throws Exception {
        String content = "{\"content\":{\"parts\":[{\"text\":\"a\"}]}}";
        String batch = SimulatedRequestCase.post(
                        provider, "/v1beta/models/e:batchEmbedContents", "{\"requests\":[" + content + "]}")
                .body();
        String single = SimulatedRequestCase.post(provider, "/v1beta/models/e:embedContent", content)
                .body();
        String count = SimulatedRequestCase.post(provider, "/v1beta/models/e:countTokens", "{}")
                .body();

        assertThat(Json.read(batch).at("/embeddings/0/values"))
                .isEqualTo(Json.read(single).at("/embedding/values"))
                .hasSize(8);
        assertThat(count).isEqualTo("{\"totalTokens\":1}");
    }

    @Test
    void responses_counts_tokens() throws Exception {
        assertThat(SimulatedRequestCase.post(provider, "/v1/responses/input_tokens", "{\"model\":\"sim\"}")
                        .body())
                .isEqualTo("{\"object\":\"response.input_tokens\",\"input_tokens\":3}");
    }

    @Test
    void anthropic_counts_tokens() throws Exception {
        assertThat(SimulatedRequestCase.post(provider, "/v1/messages/count_tokens", "{\"model\":\"sim\"}")
                        .body())
                .isEqualTo("{\"input_tokens\":3}");
    }

    @Test
    void the_list_of_models_has_the_dialect_of_the_headers() throws Exception {
        provider.models("one", "two");

        String openAi = SimulatedRequestCase.get(provider, "/v1/models").body();
        String anthropic = SimulatedRequestCase.get(provider, "/v1/models", "anthropic-version", "2023-06-01")
                .body();
        String gemini = SimulatedRequestCase.get(provider, "/v1beta/models").body();

        assertThat(openAi).startsWith("{\"object\":\"list\",\"data\":[{\"id\":\"one\",\"object\":\"model\"");
        assertThat(anthropic).endsWith("\"has_more\":false,\"first_id\":\"one\",\"last_id\":\"two\"}");
        assertThat(gemini).startsWith("{\"models\":[{\"name\":\"models/one\"");
    }

    @Test
    void another_path_is_not_found() throws Exception {
        HttpResponse<String> response = SimulatedRequestCase.post(provider, "/v1/nothing", "{}");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("Invalid URL (POST /v1/nothing)");
    }
}
