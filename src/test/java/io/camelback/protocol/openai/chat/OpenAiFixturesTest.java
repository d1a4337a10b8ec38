package io.camelback.protocol.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.StreamChunk;
import io.camelback.json.Json;
import io.camelback.protocol.AnswerCollector;
import io.camelback.testkit.OpenAiFixtures;
import io.camelback.testkit.WireFixtures;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real bytes in, expected bytes out, for every case under {@code fixtures/openai}. */
class OpenAiFixturesTest {

    static Stream<String> requests() {
        return Stream.of(
                "request-text",
                "request-multi-turn",
                "request-system-variants",
                "request-tool-call",
                "request-tool-results",
                "request-image-url",
                "request-image-base64",
                "request-json-schema",
                "request-sampling",
                "request-unknown-fields",
                "request-legacy-functions",
                "request-thinking");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void a_request_passes_through_with_only_our_fields_replaced(String name) {
        String sent = OpenAiFixtures.text(name + "/request.json").trim();
        ChatRequest request = OpenAiFixtures.request(sent);

        String maker = sent.contains("extra_content") || sent.contains("thinking_blocks") ? "openrouter" : "openai";
        ObjectNode body = OpenAiFixtures.DIALECT.writeRequest(request, OpenAiFixtures.target(maker), false);

        String expected = sent.replaceFirst("\"model\":\"[a-z]+\"", "\"model\":\"real-model\"")
                .replace(
                        "\"stream\":true,\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false}",
                        "\"stream\":false");
        assertThat(Json.text(body)).isEqualTo(expected);
        assertThat(Json.text(request.original().body()))
                .as("the original is untouched")
                .isEqualTo(sent);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void a_request_of_another_dialect_is_written_from_the_neutral_model(String name) {
        ChatRequest request = OpenAiFixtures.CODEC
                .readRequest(OpenAiFixtures.object(name + "/request.json"))
                .withoutOriginal();

        ObjectNode body = OpenAiFixtures.DIALECT.writeRequest(request, OpenAiFixtures.target("local"), false);

        assertThat(WireFixtures.pretty(body)).isEqualTo(OpenAiFixtures.text(name + "/translated.json"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "answer-text",
                "answer-tools-but-stop",
                "answer-mistral-parts",
                "answer-refusal-n2",
                "answer-deepseek",
                "answer-legacy-function"
            })
    void an_answer_goes_out_as_it_came_and_reads_the_same_from_the_neutral_model(String name) {
        ObjectNode body = OpenAiFixtures.object(name + "/answer.json");
        ChatAnswer answer = OpenAiFixtures.DIALECT.readAnswer(body);
        ChatAnswer neutral =
                new ChatAnswer(answer.id(), answer.model(), answer.created(), answer.choices(), answer.usage(), null);

        assertThat(Json.text(OpenAiFixtures.CODEC.writeAnswer(answer, null, "req-1")))
                .isEqualTo(Json.text(body));
        assertThat(WireFixtures.pretty(OpenAiFixtures.CODEC.writeAnswer(neutral, null, "req-1")))
                .isEqualTo(OpenAiFixtures.text(name + "/translated.json"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "stream-plain",
                "stream-tools-interleaved",
                "stream-mistral-whole-call",
                "stream-groq-x-groq",
                "stream-xai-cumulative-usage",
                "stream-no-finish",
                "stream-error-finish",
                "stream-azure-prompt-filter",
                "stream-n2",
                "stream-gemini-index-zero",
                "stream-name-late",
                "stream-without-index",
                "stream-two-finishes",
                "stream-openrouter-reasoning",
                "stream-logprobs"
            })
    void a_stream_means(String name) {
        List<StreamChunk> chunks = OpenAiFixtures.chunks(OpenAiFixtures.text(name + "/stream.sse"));

        assertThat(chunks.stream().map(chunk -> chunk.events() + "\n").collect(Collectors.joining()))
                .isEqualTo(OpenAiFixtures.text(name + "/events.txt"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.camelback.testkit.OpenAiFixtures#endedStreams")
    void a_stream_goes_out_relayed_made_and_collected(String name) {
        List<StreamChunk> chunks = OpenAiFixtures.chunks(OpenAiFixtures.text(name + "/stream.sse"));
        AnswerCollector collector = OpenAiFixtures.DIALECT.collector();
        chunks.forEach(collector::add);

        assertThat(OpenAiFixtures.written(chunks, true))
                .as("relayed")
                .isEqualTo(OpenAiFixtures.text(name + "/relayed.sse"));
        assertThat(OpenAiFixtures.written(WireFixtures.bare(chunks), true))
                .as("made")
                .isEqualTo(OpenAiFixtures.text(name + "/made.sse"));
        assertThat(WireFixtures.pretty(collector.answer(5).original().body()))
                .as("collected")
                .isEqualTo(OpenAiFixtures.text(name + "/collected.json"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "stream-plain",
                "stream-tools-interleaved",
                "stream-groq-x-groq",
                "stream-xai-cumulative-usage",
                "stream-n2",
                "stream-gemini-index-zero",
                "stream-name-late",
                "stream-without-index"
            })
    void an_answer_made_of_a_stream_is_the_same_relayed_or_made(String name) {
        List<StreamChunk> chunks = OpenAiFixtures.chunks(OpenAiFixtures.text(name + "/stream.sse"));
        AnswerCollector merged = OpenAiFixtures.DIALECT.collector();
        chunks.forEach(merged::add);
        AnswerCollector made = OpenAiFixtures.DIALECT.collector();
        WireFixtures.bare(chunks).forEach(made::add);

        ChatAnswer one = merged.answer(5);
        ChatAnswer other = made.answer(5);

        assertThat(other.choices())
                .usingRecursiveComparison()
                .ignoringFields("finish.raw")
                .isEqualTo(one.choices());
        assertThat(other.usage() == null ? null : other.usage().plain())
                .isEqualTo(one.usage() == null ? null : one.usage().plain());
        assertThat(other.id()).isEqualTo(one.id());
    }
}
