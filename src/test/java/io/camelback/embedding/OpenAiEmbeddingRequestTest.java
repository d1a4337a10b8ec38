package io.camelback.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.embedding.EmbeddingRequest.Input;
import io.camelback.json.Json;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests for embeddings, read from a caller and written for a provider. */
class OpenAiEmbeddingRequestTest {
    private static final OpenAiEmbeddingCodec EMBEDDINGS = new OpenAiEmbeddingCodec();
    private static final ProviderModel OPENAI = target("openai", "text-embedding-3-small");
    private static final ProviderModel LOCAL = target("local", "nomic-embed-text");

    static Stream<Arguments> inputs() {
        return Stream.of(
                Arguments.of("\"Hello\"", List.of(new Input.Text("Hello"))),
                Arguments.of("\" \"", List.of(new Input.Text(" "))),
                Arguments.of("[\"a\",\"b\"]", List.of(new Input.Text("a"), new Input.Text("b"))),
                Arguments.of("[9906,0]", List.of(new Input.Tokens(List.of(9906, 0)))),
                Arguments.of(
                        "[[9906],[1,2]]", List.of(new Input.Tokens(List.of(9906)), new Input.Tokens(List.of(1, 2)))),
                Arguments.of("\"a\\ud83d\"", List.of(new Input.Text("a\ufffd"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void trap_52_reads_every_form_of_input(String input, List<Input> expected) {
        EmbeddingRequest request = EMBEDDINGS.readRequest(EmbeddingBodies.json("{\"model\":\"embed\",\"input\":" + input
                + ",\"encoding_format\":\"base64\",\"dimensions\":256,\"user\":\"u-1\",\"new\":1.50}"));

        assertThat(request.inputs()).isEqualTo(expected);
        assertThat(request.model()).isEqualTo("embed");
        assertThat(request.base64()).isTrue();
        assertThat(request.dimensions()).isEqualTo(256);
        assertThat(request.user()).isEqualTo("u-1");
        assertThat(request.original().path("new").decimalValue()).hasToString("1.50");
    }

    static Stream<Arguments> invalid() {
        String many = "[" + "\"a\",".repeat(2048) + "\"a\"]";
        return Stream.of(
                Arguments.of("model", "{\"input\":\"a\"}"),
                Arguments.of("model", "{\"model\":\" \",\"input\":\"a\"}"),
                Arguments.of("model", "{\"model\":1,\"input\":\"a\"}"),
                Arguments.of("input", "{\"model\":\"m\"}"),
                Arguments.of("input", "{\"model\":\"m\",\"input\":null}"),
                Arguments.of("input", "{\"model\":\"m\",\"input\":\"\"}"),
                Arguments.of("input", "{\"model\":\"m\",\"input\":[]}"),
                Arguments.of("input", "{\"model\":\"m\",\"input\":{}}"),
                Arguments.of("input", "{\"model\":\"m\",\"input\":7}"),
                Arguments.of("input", "{\"model\":\"m\",\"input\":" + many + "}"),
                Arguments.of("input", "{\"model\":\"m\",\"input\":[\"a\",1]}"),
                Arguments.of("input", "{\"model\":\"m\",\"input\":[1.5]}"),
                Arguments.of("input", "{\"model\":\"m\",\"input\":[1,\"a\"]}"),
                Arguments.of("input", "{\"model\":\"m\",\"input\":[-1]}"),
                Arguments.of("input[0]", "{\"model\":\"m\",\"input\":[null]}"),
                Arguments.of("input[1]", "{\"model\":\"m\",\"input\":[\"a\",\"\"]}"),
                Arguments.of("input[1]", "{\"model\":\"m\",\"input\":[[1],[]]}"),
                Arguments.of("input[0]", "{\"model\":\"m\",\"input\":[[\"a\"]]}"),
                Arguments.of("encoding_format", "{\"model\":\"m\",\"input\":\"a\",\"encoding_format\":\"int8\"}"),
                Arguments.of("dimensions", "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":0}"),
                Arguments.of("dimensions", "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":\"8\"}"),
                Arguments.of("user", "{\"model\":\"m\",\"input\":\"a\",\"user\":1}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void an_invalid_request_is_refused_with_the_path_of_the_field(String param, String body) {
        assertThatThrownBy(() -> EMBEDDINGS.readRequest(EmbeddingBodies.json(body)))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.error().param()).isEqualTo(param));
    }

    @Test
    void as_many_inputs_as_openai_takes_are_taken() {
        String many = "[" + "\"a\",".repeat(2047) + "\"a\"]";

        assertThat(EMBEDDINGS
                        .readRequest(EmbeddingBodies.json("{\"model\":\"m\",\"input\":" + many + "}"))
                        .inputs())
                .hasSize(2048);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "openai|text-embedding-3-small|{\"user\":\"u\",\"model\":\"text-embedding-3-small\",\"input\":[\"a\"],\"dimensions\":8,"
                        + "\"x\":1.50,\"encoding_format\":\"base64\"}",
                "local|nomic-embed-text|{\"user\":\"u\",\"model\":\"nomic-embed-text\",\"input\":[\"a\"],\"dimensions\":8,\"x\":1.50}",
                "mistral|mistral-embed|{\"model\":\"mistral-embed\",\"input\":[\"a\"],\"x\":1.50,\"output_dimension\":8}"
            })
    void a_request_is_passed_on_with_the_model_and_the_encoding_replaced(
            String provider, String model, String expected) {
        String body = "{\"user\":\"u\",\"model\":\"embed\",\"input\":[\"a\"],\"encoding_format\":\"base64\","
                + "\"dimensions\":8,\"x\":1.50}";
        EmbeddingRequest request = EMBEDDINGS.readRequest(EmbeddingBodies.json(body));

        assertThat(Json.text(EMBEDDINGS.writeRequest(request, target(provider, model))))
                .isEqualTo(expected);
        assertThat(Json.text(request.original())).isEqualTo(body);
    }

    @Test
    void a_request_made_in_java_is_written_from_its_parts() {
        EmbeddingRequest request = new EmbeddingRequest(
                "embed", List.of(new Input.Tokens(List.of(1, 2)), new Input.Tokens(List.of(3))), 8, false, "u", null);

        assertThat(Json.text(EMBEDDINGS.writeRequest(request, OPENAI)))
                .isEqualTo(
                        "{\"model\":\"text-embedding-3-small\",\"input\":[[1,2],[3]],\"dimensions\":8,\"user\":\"u\"}");
        assertThat(Json.text(EMBEDDINGS.writeRequest(EmbeddingRequest.of("embed", "a", "b"), LOCAL)))
                .isEqualTo("{\"model\":\"nomic-embed-text\",\"input\":[\"a\",\"b\"]}");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "openai, my-deployment, true",
        "azure, my-deployment, true",
        "openrouter, openai/text-embedding-3-small, true",
        "local, nomic-embed-text, false",
        "vllm, BAAI/bge-m3, false"
    })
    void trap_52_tokens_go_only_where_they_mean_the_same_words(String provider, String model, boolean taken) {
        EmbeddingRequest request = EMBEDDINGS.readRequest(EmbeddingBodies.json("{\"model\":\"m\",\"input\":[1,2]}"));

        if (taken) {
            assertThat(EMBEDDINGS.writeRequest(request, target(provider, model)).path("input"))
                    .hasSize(2);
        } else {
            assertThatThrownBy(() -> EMBEDDINGS.writeRequest(request, target(provider, model)))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessage("input as tokens");
        }
    }

    private static ProviderModel target(String provider, String model) {
        return new ProviderModel(model, 0, Set.of(), provider);
    }
}
