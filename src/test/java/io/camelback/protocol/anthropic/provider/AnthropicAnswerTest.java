package io.camelback.protocol.anthropic.provider;

import static io.camelback.testkit.AnthropicFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.BillingDetails;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.FinishReason;
import io.camelback.chat.FinishReason.Kind;
import io.camelback.chat.Part;
import io.camelback.chat.Usage;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.testkit.AnthropicFixtures;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicAnswerTest {
    private static final AnthropicProviderCodec DIALECT = new AnthropicProviderCodec();

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(
                        "answer-text",
                        "msg_01XFDUDYJgAACzvnptvVoYEL",
                        "claude-haiku-4-5-20251001",
                        List.of(new Part.Text("Hello"), new Part.Text(" there")),
                        new FinishReason(Kind.STOP, "stop_sequence", "END"),
                        new Usage(
                                2112,
                                2000,
                                100,
                                6,
                                0,
                                new BillingDetails(40, BillingDetails.STANDARD, Map.of(), List.of()))),
                Arguments.of(
                        "answer-tool-use",
                        "msg_01Aq9w938a90dw8q",
                        "claude-haiku-4-5-20251001",
                        List.of(
                                new Part.Text("I'll check."),
                                new Part.ToolCall(
                                        "toolu_01A09q90qw90lq917835lq9",
                                        "get_weather",
                                        "{\"city\":\"Oslo\",\"id\":12345678901234567890,\"ratio\":1.0}"),
                                new Part.ToolCall("toolu_02", "now", "{}")),
                        FinishReason.of(Kind.TOOL_CALLS, "tool_use"),
                        Usage.of(472, 91)),
                Arguments.of(
                        "answer-thinking",
                        "msg_03",
                        "claude-opus-5",
                        List.of(
                                new Part.Thinking("2+2", "EqQBCgIYAg==", null, "anthropic"),
                                new Part.Thinking("", null, "EmwKAhgB", "anthropic"),
                                new Part.Thinking("", "EqQBomitted", null, "anthropic"),
                                new Part.Text("4")),
                        FinishReason.of(Kind.STOP, "end_turn"),
                        new Usage(16, 0, 7, 40, 32, new BillingDetails(4, null, Map.of(), List.of()))),
                Arguments.of(
                        "answer-refusal",
                        "msg_04",
                        "claude-opus-5",
                        List.of(new Part.Refusal("This request was declined.")),
                        FinishReason.of(Kind.CONTENT_FILTER, "refusal"),
                        Usage.of(30, 1)),
                Arguments.of(
                        "answer-server-tools",
                        "msg_05",
                        "claude-sonnet-5",
                        List.of(
                                opaque(
                                        "{'type':'server_tool_use','id':'srvtoolu_1','name':'web_search','input':{'query':'camels'}}"),
                                opaque("{'type':'web_search_tool_result','tool_use_id':'srvtoolu_1','content':[{'type':"
                                        + "'web_search_result','title':'Camel','url':'https://example.com/camel',"
                                        + "'encrypted_content':'Eo8=','page_age':null}]}"),
                                new Part.Text("Two humps.")),
                        FinishReason.of(Kind.STOP, "pause_turn"),
                        Usage.of(100, 20).with(new BillingDetails(0, null, Map.of("web-search", 1L), List.of()))),
                Arguments.of(
                        "answer-compatible",
                        "msg_06",
                        "MiniMax-M3",
                        List.of(
                                new Part.ToolCall("call_function_1", "get_weather", "{\"city\":\"Oslo\"}"),
                                new Part.ToolCall("call_function_2", "now", "{}")),
                        FinishReason.of(Kind.TOOL_CALLS, "end_turn"),
                        null));
    }

    private static Part opaque(String block) {
        return new Part.Opaque("anthropic", AnthropicFixtures.object(block.replace('\'', '"')));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void answers(String fixture, String id, String model, List<Part> parts, FinishReason finish, Usage usage) {
        ObjectNode body = AnthropicFixtures.json(fixture + "/answer.json");

        assertThat(DIALECT.readAnswer(body))
                .isEqualTo(new ChatAnswer(
                        id,
                        model,
                        0,
                        List.of(new ChatAnswer.Choice(0, parts, finish)),
                        usage,
                        new ChatAnswer.Original("anthropic", body)));
        assertThat(body).isEqualTo(AnthropicFixtures.json(fixture + "/answer.json"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "null",
            value = {
                "end_turn, STOP",
                "stop_sequence, STOP",
                "pause_turn, STOP",
                "compaction, STOP",
                "tool_use, STOP",
                "null, STOP",
                "max_tokens, LENGTH",
                "model_context_window_exceeded, LENGTH",
                "refusal, CONTENT_FILTER",
                "brand_new, OTHER"
            })
    void stop_reasons_of_an_answer_in_words(String raw, Kind expected) {
        ObjectNode body = object("{\"type\":\"message\",\"content\":[" + "{\"type\":\"text\",\"text\":\"Hi\"}]}")
                .put("stop_reason", raw);

        assertThat(DIALECT.readAnswer(body).choices().get(0).finish()).isEqualTo(FinishReason.of(expected, raw));
    }

    @Test
    void a_call_cut_by_the_limit_is_no_finished_call() {
        ObjectNode body = object("{\"type\":\"message\",\"content\":["
                + "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"b\",\"input\":{}}],"
                + "\"stop_reason\":\"max_tokens\"}");

        assertThat(DIALECT.readAnswer(body).choices().get(0).finish().reason()).isEqualTo(Kind.LENGTH);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{}",
                "{\"content\":[]}",
                "{\"type\":\"message\"}",
                "{\"type\":\"message\",\"content\":\"Hi\"}",
                "{\"type\":\"message\",\"content\":[\"Hi\"]}",
                "{\"type\":\"message\",\"content\":[{\"text\":\"Hi\"}]}",
                "{\"type\":\"message\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\"}]}",
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"
            })
    void what_is_no_message_is_malformed(String body) {
        assertThatThrownBy(() -> DIALECT.readAnswer(object(body))).isInstanceOf(MalformedResponseException.class);
    }
}
