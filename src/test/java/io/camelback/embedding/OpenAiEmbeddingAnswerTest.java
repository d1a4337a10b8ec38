package io.camelback.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Usage;
import io.camelback.embedding.EmbeddingRequest.Input;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Embeddings, read from a provider and written for a caller. */
class OpenAiEmbeddingAnswerTest {
    private static final OpenAiEmbeddingCodec EMBEDDINGS = new OpenAiEmbeddingCodec();
    /** 1, -2.5 and 0.1 as little-endian float32s. */
    private static final String BASE64 = "AACAPwAAIMDNzMw9";

    private static final float[] VECTOR = {1f, -2.5f, 0.1f};

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
}
