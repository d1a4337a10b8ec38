package io.camelback.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Usage;
import io.camelback.embedding.EmbeddingRequest.Input;
import io.camelback.json.Json;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.protocol.MalformedResponseException;
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

class OpenAiEmbeddingCodecTest {
    private static final OpenAiEmbeddingCodec EMBEDDINGS = new OpenAiEmbeddingCodec();
    private static final ProviderModel OPENAI = target("openai", "text-embedding-3-small");
    private static final ProviderModel LOCAL = target("local", "nomic-embed-text");
    /** 1, -2.5 and 0.1 as little-endian float32s. */
    private static final String BASE64 = "AACAPwAAIMDNzMw9";

    private static final float[] VECTOR = {1f, -2.5f, 0.1f};

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

    static Stream<Arguments> answers() {
        String tail = ",\"model\":\"text-embedding-3-small\",\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}";
        return Stream.of(
                Arguments.of(
                        "numbers",
                        "{\"object\":\"list\",\"data\":[" + item(0, "[1,-2.5,0.10000000149011612]") + ","
                                + item(1, "[3,4,5e-8]") + "]" + tail,
                        Usage.of(8, 0)),
                Arguments.of(
                        "base64",
                        "{\"object\":\"list\",\"data\":[" + item(0, "\"" + BASE64 + "\"") + ","
                                + item(1, "\"AABAQAAAgECVv1Yz\"") + "]" + tail,
                        Usage.of(8, 0)),
                Arguments.of(
                        "in another order",
                        "{\"object\":\"list\",\"data\":[" + item(1, "[3,4,5e-8]") + "," + item(0, "[1.0,-2.5,0.1]")
                                + "]" + tail,
                        Usage.of(8, 0)),
                Arguments.of(
                        "without index and usage",
                        "{\"data\":[{\"embedding\":[1,-2.5,0.1]},{\"embedding\":[3,4,5e-8]}],"
                                + "\"model\":\"text-embedding-3-small\"}",
                        null),
                Arguments.of(
                        "with a total only",
                        "{\"data\":[{\"embedding\":[1,-2.5,0.1]},{\"embedding\":[3,4,5e-8]}],"
                                + "\"model\":\"text-embedding-3-small\",\"usage\":{\"total_tokens\":8}}",
                        Usage.of(8, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void reads_an_answer_and_restores_the_order(String name, String body, Usage usage) {
        EmbeddingAnswer answer =
                EMBEDDINGS.readAnswer(EmbeddingBodies.json(body), EmbeddingRequest.of("embed", "a", "b"));

        assertThat(answer.vectors().get(0)).containsExactly(VECTOR);
        assertThat(answer.vectors().get(1)).containsExactly(3f, 4f, 5e-8f);
        assertThat(answer.model()).isEqualTo("text-embedding-3-small");
        assertThat(answer.usage()).isEqualTo(usage);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no data|{}",
                "too few|{\"data\":[{\"embedding\":[1]}]}",
                "one index twice|{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]}",
                "an index out of range|{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":2,\"embedding\":[1]}]}",
                "no embedding|{\"data\":[{\"embedding\":[1]},{}]}",
                "two lengths|{\"data\":[{\"embedding\":[1]},{\"embedding\":[1,2]}]}",
                "empty vectors|{\"data\":[{\"embedding\":[]},{\"embedding\":[]}]}",
                "no numbers|{\"data\":[{\"embedding\":[1]},{\"embedding\":[\"1\"]}]}",
                "an endless number|{\"data\":[{\"embedding\":[1]},{\"embedding\":[1e39]}]}",
                "broken base64|{\"data\":[{\"embedding\":[1]},{\"embedding\":\"%%%%\"}]}",
                "cut base64|{\"data\":[{\"embedding\":[1]},{\"embedding\":\"AACA\"}]}",
                "not a number in base64|{\"data\":[{\"embedding\":[1]},{\"embedding\":\"AADAfw==\"}]}"
            })
    void what_does_not_answer_the_request_is_malformed(String name, String body) {
        assertThatThrownBy(
                        () -> EMBEDDINGS.readAnswer(EmbeddingBodies.json(body), EmbeddingRequest.of("embed", "a", "b")))
                .isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void trap_52_vectors_of_another_length_than_was_asked_for_are_malformed() {
        EmbeddingRequest request = new EmbeddingRequest("embed", List.of(new Input.Text("a")), 2, false, null, null);

        assertThatThrownBy(() ->
                        EMBEDDINGS.readAnswer(EmbeddingBodies.json("{\"data\":[{\"embedding\":[1,2,3]}]}"), request))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessage("an embedding of 3 dimensions instead of 2");
        assertThat(EMBEDDINGS
                        .readAnswer(EmbeddingBodies.json("{\"data\":[{\"embedding\":[1,2]}]}"), request)
                        .vectors())
                .hasSize(1);
    }

    @ParameterizedTest(name = "base64: {0}")
    @CsvSource(
            delimiter = '|',
            value = {"false|[1.0,-2.5,0.1]", "true|\"" + BASE64 + "\""})
    void an_answer_is_written_as_numbers_or_as_base64(boolean base64, String written) {
        EmbeddingAnswer answer = new EmbeddingAnswer(null, List.of(VECTOR, VECTOR), Usage.of(8, 0), null);

        assertThat(Json.text(EMBEDDINGS.writeAnswer(answer, asked(base64))))
                .isEqualTo("{\"object\":\"list\",\"data\":["
                        + item(0, written) + "," + item(1, written)
                        + "],\"model\":\"embed\",\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}");
    }

    @Test
    void an_answer_in_the_form_that_was_asked_for_goes_out_as_it_came() {
        ObjectNode numbers = EmbeddingBodies.json(
                "{\"object\":\"list\",\"data\":[" + item(0, "[1.000,-2.5,0.10]") + "," + item(1, "[1,2,3]")
                        + "],\"model\":\"m\",\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8},\"id\":\"x\"}");
        EmbeddingAnswer answer = EMBEDDINGS.readAnswer(numbers, EmbeddingRequest.of("embed", "a", "b"));

        assertThat(EMBEDDINGS.writeAnswer(answer, asked(false))).isSameAs(numbers);
        assertThat(EMBEDDINGS
                        .writeAnswer(answer, asked(true))
                        .at("/data/0/embedding")
                        .textValue())
                .isEqualTo(BASE64);
    }

    @Test
    void an_answer_out_of_order_goes_out_in_order() {
        ObjectNode numbers = EmbeddingBodies.json("{\"object\":\"list\",\"data\":[" + item(1, "[2]") + ","
                + item(0, "[1]") + "],\"model\":\"m\",\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}");
        ObjectNode written = EMBEDDINGS.writeAnswer(
                EMBEDDINGS.readAnswer(numbers, EmbeddingRequest.of("e", "a", "b")), asked(false));

        assertThat(Json.text(written.path("data"))).isEqualTo("[" + item(0, "[1.0]") + "," + item(1, "[2.0]") + "]");
    }

    @Test
    void a_large_request_is_split_and_its_answers_are_joined_in_order() {
        EmbeddingRequest request = EmbeddingRequest.of("embed", "a", "b", "c", "d", "e");
        List<EmbeddingRequest> parts = request.split(2);

        assertThat(parts).extracting(part -> part.inputs().size()).containsExactly(2, 2, 1);
        assertThat(parts.stream().flatMap(part -> part.inputs().stream())).isEqualTo(request.inputs());
        assertThat(request.split(5)).containsExactly(request);
        EmbeddingAnswer joined = EmbeddingAnswer.joined(List.of(
                new EmbeddingAnswer("m", List.of(VECTOR), Usage.of(3, 0), null),
                new EmbeddingAnswer("m", List.of(new float[] {7}), null, null),
                new EmbeddingAnswer("m", List.of(), Usage.of(4, 0), null)));
        assertThat(joined.vectors()).hasSize(2);
        assertThat(joined.vectors().get(1)).containsExactly(7f);
        assertThat(joined.usage()).isEqualTo(Usage.of(7, 0));
    }

    private static EmbeddingRequest asked(boolean base64) {
        return new EmbeddingRequest(
                "embed", List.of(new Input.Text("a"), new Input.Text("b")), null, base64, null, null);
    }

    private static String item(int index, String embedding) {
        return "{\"object\":\"embedding\",\"index\":" + index + ",\"embedding\":" + embedding + "}";
    }

    private static ProviderModel target(String provider, String model) {
        return new ProviderModel(model, 0, Set.of(), provider);
    }
}
