package io.camelback.protocol.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamChunk;
import io.camelback.json.Json;
import io.camelback.protocol.AnswerCollector;
import io.camelback.testkit.ResponsesFixtures;
import io.camelback.testkit.WireFixtures;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real bytes in, expected bytes out, for every case under {@code fixtures/responses}. */
class ResponsesFixturesTest {

    static Stream<String> streams() {
        return Stream.of(
                "stream-text",
                "stream-reasoning-tools",
                "stream-silent-reasoning",
                "stream-refusal",
                "stream-incomplete",
                "stream-custom-tool",
                "stream-without-deltas",
                "stream-hosted");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "request-text",
                "request-multi-turn",
                "request-tool-loop",
                "request-files",
                "request-structured",
                "request-forced-tool",
                "request-refusal",
                "request-codex"
            })
    void a_request_passes_through_with_only_our_fields_replaced(String name) {
        String sent = ResponsesFixtures.text(name + "/request.json").trim();
        ChatRequest request = ResponsesFixtures.request(sent);

        ObjectNode body = ResponsesFixtures.DIALECT.writeRequest(request, ResponsesFixtures.target(), request.stream());

        String expected = sent.replaceFirst("\"model\":\"[a-z0-9-]+\"", "\"model\":\"real-model\"");
        if (!sent.contains("\"store\":false")) {
            expected = expected.substring(0, expected.length() - 1) + ",\"store\":false}";
        }
        assertThat(Json.text(body)).isEqualTo(expected);
        assertThat(Json.text(request.original().body()))
                .as("the original is untouched")
                .isEqualTo(sent);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "request-text",
                "request-multi-turn",
                "request-tool-loop",
                "request-files",
                "request-structured",
                "request-forced-tool",
                "request-refusal",
                "request-codex",
                "request-sampling"
            })
    void a_request_of_another_dialect_is_written_from_the_neutral_model(String name) {
        ChatRequest request = ResponsesFixtures.CODEC
                .readRequest(ResponsesFixtures.object(name + "/request.json"))
                .withoutOriginal();

        ObjectNode body = ResponsesFixtures.sent(request);

        assertThat(WireFixtures.pretty(body)).isEqualTo(ResponsesFixtures.text(name + "/translated.json"));
        ChatRequest again = ResponsesFixtures.CODEC.readRequest(body).withoutOriginal();
        assertThat(WireFixtures.pretty(ResponsesFixtures.sent(again)))
                .as("the round trip")
                .isEqualTo(ResponsesFixtures.text(name + "/translated.json"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "answer-text",
                "answer-reasoning-tools",
                "answer-refusal",
                "answer-incomplete",
                "answer-hosted",
                "answer-custom-tool"
            })
    void an_answer_goes_out_as_it_came_and_reads_the_same_from_the_neutral_model(String name) {
        ObjectNode body = ResponsesFixtures.object(name + "/answer.json");
        ChatAnswer answer = ResponsesFixtures.DIALECT.readAnswer(body);

        ObjectNode made = ResponsesFixtures.CODEC.writeAnswer(WireFixtures.bare(answer), null, "req-1");

        assertThat(Json.text(ResponsesFixtures.CODEC.writeAnswer(answer, null, "req-1")))
                .isEqualTo(Json.text(body));
        assertThat(WireFixtures.pretty(made)).isEqualTo(ResponsesFixtures.text(name + "/translated.json"));
        ChatAnswer again = ResponsesFixtures.DIALECT.readAnswer(made);
        assertThat(again.choices())
                .as("the round trip")
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*signature")
                .isEqualTo(answer.choices());
        assertThat(again.usage()).isEqualTo(answer.usage());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void a_stream_means(String name) {
        List<StreamChunk> chunks = ResponsesFixtures.chunks(ResponsesFixtures.text(name + "/stream.sse"));

        String meaning = chunks.stream()
                .filter(chunk -> !chunk.events().isEmpty())
                .map(chunk -> chunk.events() + "\n")
                .collect(Collectors.joining());

        assertThat(meaning).isEqualTo(ResponsesFixtures.text(name + "/events.txt"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void a_stream_goes_out_relayed_and_made(String name) {
        String sse = ResponsesFixtures.text(name + "/stream.sse");
        List<StreamChunk> chunks = ResponsesFixtures.chunks(sse);
        ChatRequest request = ChatRequest.builder("auto").stream(true).build();

        assertThat(ResponsesFixtures.written(request, chunks))
                .as("relayed")
                .isEqualTo(name.equals("stream-without-deltas") ? ResponsesFixtures.text(name + "/relayed.sse") : sse);
        assertThat(ResponsesFixtures.written(request, WireFixtures.bare(chunks)))
                .as("made")
                .isEqualTo(ResponsesFixtures.text(name + "/made.sse"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void an_answer_made_of_a_stream_is_the_one_in_its_last_event_and_the_same_from_its_events(String name) {
        List<StreamChunk> chunks = ResponsesFixtures.chunks(ResponsesFixtures.text(name + "/stream.sse"));
        AnswerCollector whole = ResponsesFixtures.DIALECT.collector();
        chunks.forEach(whole::add);
        AnswerCollector made = ResponsesFixtures.DIALECT.collector();
        WireFixtures.bare(chunks).forEach(made::add);

        ChatAnswer one = whole.answer(5);
        ChatAnswer other = made.answer(5);

        assertThat(one.original().body().path("status").asText()).isNotEqualTo("in_progress");
        assertThat(one.original().body().path("output")).isNotEmpty();
        assertThat(other.choices()).isEqualTo(one.choices());
        assertThat(other.usage()).isEqualTo(one.usage());
        assertThat(other.id()).isEqualTo(one.id());
        assertThat(other.model()).isEqualTo(one.model());
    }
}
