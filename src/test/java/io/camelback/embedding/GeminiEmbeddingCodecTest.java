package io.camelback.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.chat.Usage;
import io.camelback.embedding.EmbeddingRequest.Input;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiEmbeddingCodecTest {
    private static final GeminiEmbeddingCodec EMBEDDINGS = new GeminiEmbeddingCodec();
    private static final ProviderModel GEMINI = new ProviderModel("gemini-embedding-001", 0, Set.of(), "gemini");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "gemini-embedding-001, models/gemini-embedding-001:batchEmbedContents",
        "models/gemini-embedding-001, models/gemini-embedding-001:batchEmbedContents",
        "../a b, models/..%2Fa%20b:batchEmbedContents"
    })
    void puts_the_model_into_the_path(String model, String path) {
        assertThat(GeminiEmbeddingCodec.path(model)).isEqualTo(path);
    }

    @Test
    void asks_for_all_inputs_at_once() {
        EmbeddingRequest request = new OpenAiEmbeddingCodec()
                .readRequest(EmbeddingBodies.json(
                        "{\"model\":\"embed\",\"input\":[\"a\",\"b\"],\"dimensions\":256,\"encoding_format\":\"base64\","
                                + "\"user\":\"u\"}"));

        assertThat(Json.text(EMBEDDINGS.writeRequest(request, GEMINI)))
                .isEqualTo("{\"requests\":["
                        + "{\"model\":\"models/gemini-embedding-001\",\"content\":{\"parts\":[{\"text\":\"a\"}]},"
                        + "\"outputDimensionality\":256},"
                        + "{\"model\":\"models/gemini-embedding-001\",\"content\":{\"parts\":[{\"text\":\"b\"}]},"
                        + "\"outputDimensionality\":256}]}");
        assertThat(Json.text(EMBEDDINGS.writeRequest(EmbeddingRequest.of("embed", "a"), GEMINI)))
                .doesNotContain("outputDimensionality");
    }

    @Test
    void trap_52_tokens_cannot_be_carried() {
        EmbeddingRequest request = new EmbeddingRequest(
                "embed", List.of(new Input.Text("a"), new Input.Tokens(List.of(1))), null, false, null, null);

        assertThatThrownBy(() -> EMBEDDINGS.writeRequest(request, GEMINI))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessage("input as tokens");
    }

    @Test
    void more_inputs_than_a_batch_takes_must_be_split() {
        EmbeddingRequest request =
                EmbeddingRequest.of("embed", Collections.nCopies(101, "a").toArray(String[]::new));

        assertThatThrownBy(() -> EMBEDDINGS.writeRequest(request, GEMINI))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessage("more than 100 inputs");
        assertThat(request.split(GeminiEmbeddingCodec.MOST_INPUTS))
                .allSatisfy(
                        part -> assertThat(EMBEDDINGS.writeRequest(part, GEMINI).path("requests"))
                                .isNotEmpty());
    }

    @Test
    void reads_the_vectors_and_answers_in_openai_s_form() {
        EmbeddingRequest request = EmbeddingRequest.of("embed", "a", "b");
        EmbeddingAnswer answer = EMBEDDINGS.readAnswer(
                EmbeddingBodies.json("{\"embeddings\":[{\"values\":[1,-2.5,0.1]},{\"values\":[3,4,5]}],"
                        + "\"usageMetadata\":{\"promptTokenCount\":7,\"promptTokenDetails\":[]}}"),
                request,
                GEMINI);

        assertThat(answer.usage()).isEqualTo(Usage.of(7, 0));
        assertThat(Json.text(new OpenAiEmbeddingCodec().writeAnswer(answer, request)))
                .isEqualTo("{\"object\":\"list\",\"data\":["
                        + "{\"object\":\"embedding\",\"index\":0,\"embedding\":[1.0,-2.5,0.1]},"
                        + "{\"object\":\"embedding\",\"index\":1,\"embedding\":[3.0,4.0,5.0]}],\"model\":\"gemini-embedding-001\","
                        + "\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}");
    }

    @Test
    void an_answer_without_usage_is_an_answer() {
        EmbeddingAnswer answer = EMBEDDINGS.readAnswer(
                EmbeddingBodies.json("{\"embeddings\":[{\"values\":[1]}]}"), EmbeddingRequest.of("e", "a"), GEMINI);

        assertThat(answer.usage()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing|{}",
                "too many|{\"embeddings\":[{\"values\":[1]},{\"values\":[1]}]}",
                "no values|{\"embeddings\":[{}]}",
                "empty|{\"embeddings\":[{\"values\":[]}]}"
            })
    void what_does_not_answer_the_request_is_malformed(String name, String body) {
        assertThatThrownBy(
                        () -> EMBEDDINGS.readAnswer(EmbeddingBodies.json(body), EmbeddingRequest.of("e", "a"), GEMINI))
                .isInstanceOf(MalformedResponseException.class);
    }
}
