package io.camelback.protocol.gemini.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatAnswer.Choice;
import io.camelback.chat.FinishReason;
import io.camelback.chat.FinishReason.Kind;
import io.camelback.chat.Part;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.gemini.GeminiUsage;
import io.camelback.testkit.GeminiFixtures;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiAnswerReaderTest {
    private final GeminiProviderCodec dialect = new GeminiProviderCodec();

    static Stream<Arguments> answers() {
        return Stream.of(
                row(
                        "thinking-and-text",
                        "r1",
                        "gemini-2.5-flash",
                        List.of(
                                new Part.Thinking("**Counting**\n\nTwo and two.", null, null, "gemini"),
                                new Part.Text("It is "),
                                new Part.Text("4.")),
                        FinishReason.of(Kind.STOP, "STOP"),
                        new Usage(1230, 1000, 0, 25, 20)),
                row(
                        "parallel-calls",
                        "r1",
                        "gemini-3-pro-preview",
                        List.of(
                                new Part.Text("Looking."),
                                new Part.ToolCall(
                                        "call_0_ba326bee1f0a",
                                        "weather",
                                        "{\"city\":\"Paris\",\"days\":1.0}",
                                        "CgCALL"),
                                new Part.ToolCall(
                                        "call_1_c1f75f4ae17a", "weather", "{\"city\":\"Paris\",\"days\":1.0}"),
                                new Part.ToolCall("fc_9", "now", "{}")),
                        FinishReason.of(Kind.TOOL_CALLS, "STOP"),
                        new Usage(9, 0, 0, 5, 0)),
                row(
                        "prompt-blocked",
                        "r2",
                        "gemini-2.5-flash",
                        List.of(),
                        FinishReason.of(Kind.CONTENT_FILTER, "PROHIBITED_CONTENT"),
                        new Usage(9, 0, 0, 0, 0)),
                row(
                        "image-output",
                        null,
                        null,
                        List.of(
                                new Part.Text("Here:"),
                                new Part.Image(new Part.Media.Inline("image/png", "iVBO"), null),
                                new Part.Opaque(
                                        "gemini",
                                        Json.object()
                                                .set(
                                                        "executableCode",
                                                        Json.object()
                                                                .put("language", "PYTHON")
                                                                .put("code", "1"))),
                                new Part.Thinking("", "CgLAST", null, "gemini")),
                        FinishReason.of(Kind.STOP, "STOP"),
                        null));
    }

    private static Arguments row(
            String fixture, String id, String model, List<Part> parts, FinishReason finish, Usage usage) {
        return Arguments.of(fixture, id, model, new Choice(0, parts, finish), usage);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void reads_the_recorded_answer(String fixture, String id, String model, Choice choice, Usage usage) {
        ObjectNode body = GeminiFixtures.json(fixture + "/answer.json");
        String before = Json.text(body);

        ChatAnswer answer = dialect.readAnswer(body);

        assertThat(answer)
                .isEqualTo(
                        new ChatAnswer(id, model, 0, List.of(choice), usage, new ChatAnswer.Original("gemini", body)));
        assertThat(dialect.readAnswer(body)).isEqualTo(answer);
        assertThat(Json.text(body)).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0} -> {1}, with calls {2}")
    @CsvSource({
        "STOP,                     STOP,           TOOL_CALLS",
        "MAX_TOKENS,               LENGTH,         TOOL_CALLS",
        "CONTINUATION,             LENGTH,         TOOL_CALLS",
        "SAFETY,                   CONTENT_FILTER, CONTENT_FILTER",
        "RECITATION,               CONTENT_FILTER, CONTENT_FILTER",
        "BLOCKLIST,                CONTENT_FILTER, CONTENT_FILTER",
        "PROHIBITED_CONTENT,       CONTENT_FILTER, CONTENT_FILTER",
        "SPII,                     CONTENT_FILTER, CONTENT_FILTER",
        "LANGUAGE,                 CONTENT_FILTER, CONTENT_FILTER",
        "IMAGE_SAFETY,             CONTENT_FILTER, CONTENT_FILTER",
        "IMAGE_PROHIBITED_CONTENT, CONTENT_FILTER, CONTENT_FILTER",
        "IMAGE_RECITATION,         CONTENT_FILTER, CONTENT_FILTER",
        "IMAGE_OTHER,              CONTENT_FILTER, CONTENT_FILTER",
        "NO_IMAGE,                 CONTENT_FILTER, CONTENT_FILTER",
        "MALFORMED_FUNCTION_CALL,  OTHER,          TOOL_CALLS",
        "A_NEW_WORD,               OTHER,          TOOL_CALLS"
    })
    void maps_why_the_model_stopped(String raw, Kind withText, Kind withCall) {
        assertThat(finish("{\"text\":\"Hi\"}", raw)).isEqualTo(FinishReason.of(withText, raw));
        assertThat(finish("{\"functionCall\":{\"name\":\"t\"}}", raw)).isEqualTo(FinishReason.of(withCall, raw));
    }

    @Test
    void takes_a_missing_reason_for_a_plain_end() {
        ObjectNode body = GeminiFixtures.parse("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}]}");

        assertThat(dialect.readAnswer(body).choices().get(0).finish()).isEqualTo(FinishReason.STOP);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "MALFORMED_FUNCTION_CALL",
                "UNEXPECTED_TOOL_CALL",
                "TOO_MANY_TOOL_CALLS",
                "MALFORMED_RESPONSE",
                "OTHER"
            })
    void a_fault_without_content_is_no_answer(String raw) {
        for (String content :
                List.of("", "\"content\":{},", "\"content\":{\"parts\":[{\"text\":\"hm\",\"thought\":true}]},")) {
            ObjectNode body =
                    GeminiFixtures.parse("{\"candidates\":[{" + content + "\"finishReason\":\"" + raw + "\"}]}");

            assertThatThrownBy(() -> dialect.readAnswer(body))
                    .isInstanceOf(MalformedResponseException.class)
                    .hasMessage("finishReason " + raw);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{}",
                "{\"candidates\":[]}",
                "{\"candidates\":null}",
                "{\"promptFeedback\":{}}",
                "{\"error\":{\"code\":500}}",
                "{\"choices\":[]}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{}}]}}]}"
            })
    void what_is_no_answer_is_malformed(String body) {
        assertThatThrownBy(() -> dialect.readAnswer(GeminiFixtures.parse(body)))
                .isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void an_empty_answer_that_was_cut_or_filtered_is_an_answer() {
        assertThat(finish("", "MAX_TOKENS").reason()).isEqualTo(Kind.LENGTH);
        assertThat(finish("", "SAFETY").reason()).isEqualTo(Kind.CONTENT_FILTER);
    }

    @Test
    void names_calls_by_their_arguments_where_the_answer_has_no_id() {
        assertThat(callId("{\"a\":1}")).isEqualTo(callId("{\"a\":1}")).isNotEqualTo(callId("{\"a\":2}"));
    }

    private String callId(String args) {
        ObjectNode body = GeminiFixtures.parse(
                "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"t\",\"args\":" + args
                        + "}}]}}]}");
        return ((Part.ToolCall)
                        dialect.readAnswer(body).choices().get(0).parts().get(0))
                .id();
    }

    static Stream<Arguments> usages() {
        return Stream.of(
                Arguments.of("{}", null),
                Arguments.of("null", null),
                Arguments.of("{\"totalTokenCount\":5}", null),
                Arguments.of("{\"promptTokenCount\":\"12\",\"candidatesTokenCount\":3.0}", Usage.of(12, 3)),
                Arguments.of(
                        "{\"promptTokenCount\":4,\"candidatesTokenCount\":null,\"thoughtsTokenCount\":2}",
                        new Usage(4, 0, 0, 2, 2)),
                Arguments.of("{\"promptTokenCount\":4,\"cachedContentTokenCount\":9}", new Usage(4, 4, 0, 0, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("usages")
    void reads_odd_usage(String usage, Usage expected) {
        assertThat(GeminiUsage.read(GeminiFixtures.parse("{\"usageMetadata\":" + usage + "}")))
                .isEqualTo(expected);
    }

    private FinishReason finish(String part, String raw) {
        String candidate = "{\"content\":{\"parts\":[" + part + "]},\"finishReason\":\"" + raw + "\"}";
        return dialect.readAnswer(GeminiFixtures.parse("{\"candidates\":[" + candidate + "]}"))
                .choices()
                .get(0)
                .finish();
    }
}
