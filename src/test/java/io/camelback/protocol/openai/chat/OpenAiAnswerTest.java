package io.camelback.protocol.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.FinishReason;
import io.camelback.chat.FinishReason.Kind;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Part;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.StreamReader;
import io.camelback.testkit.OpenAiFixtures;
import io.camelback.testkit.OpenAiStreamRules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiAnswerTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{}",
                "{\"choices\":null}",
                "{\"choices\":{}}",
                "{\"choices\":[]}",
                "{\"choices\":[{}]}",
                "{\"choices\":[{\"message\":{\"tool_calls\":[{\"id\":\"a\",\"function\":{}}]}}]}"
            })
    void what_is_no_answer_is_malformed(String body) {
        ObjectNode received = OpenAiFixtures.json(body);

        assertThatThrownBy(() -> OpenAiFixtures.DIALECT.readAnswer(received))
                .isInstanceOf(MalformedResponseException.class);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"{\"choices\":{}}", "{\"choices\":[1]}", "{\"choices\":[{\"delta\":\"x\"}]}"})
    void what_is_no_chunk_is_malformed(String data) {
        StreamReader reader = OpenAiFixtures.DIALECT.streamReader();

        assertThatThrownBy(() -> reader.read(null, OpenAiFixtures.json(data)))
                .isInstanceOf(MalformedResponseException.class);
    }

    @ParameterizedTest(name = "{0}, calls {1}: {2}, written {3}")
    @CsvSource(
            nullValues = "null",
            value = {
                "stop, false, STOP, stop",
                "stop, true, TOOL_CALLS, tool_calls",
                "length, true, LENGTH, length",
                "model_length, false, LENGTH, length",
                "tool_calls, false, STOP, stop",
                "function_call, true, TOOL_CALLS, tool_calls",
                "content_filter, false, CONTENT_FILTER, content_filter",
                "sensitive, false, CONTENT_FILTER, content_filter",
                "null, true, TOOL_CALLS, tool_calls",
                "null, false, STOP, stop",
                "error, true, OTHER, tool_calls",
                "insufficient_system_resource, false, OTHER, stop",
                "novelty, false, OTHER, stop"
            })
    void finish_reasons(String raw, boolean calls, Kind reason, String written) {
        FinishReason finish = OpenAiFinishReason.read(raw, calls);

        assertThat(finish).isEqualTo(new FinishReason(reason, raw, null));
        assertThat(OpenAiFinishReason.write(finish, calls)).isEqualTo(written);
    }

    @Test
    void thinking_and_signatures_go_out_where_callers_find_them() {
        ChatAnswer answer = new ChatAnswer(
                "msg_1",
                "claude",
                7,
                List.of(new ChatAnswer.Choice(
                        0,
                        List.of(
                                new Part.Thinking("Hm.", "EqQB", null, "anthropic"),
                                new Part.Thinking("", null, "b64", "anthropic"),
                                new Part.ToolCall("call_1", "f", "", "CgQ=")),
                        FinishReason.of(Kind.TOOL_CALLS, "tool_use"))),
                new Usage(9, 4, 1, 5, 2),
                null);

        assertThat(Json.text(OpenAiFixtures.CODEC.writeAnswer(answer, null, "r 1/\n2")))
                .isEqualTo("{\"id\":\"chatcmpl-r12\","
                        + "\"object\":\"chat.completion\",\"created\":7,\"model\":\"claude\",\"choices\":[{\"index\":0,\"message\":"
                        + "{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"reasoning_content\":\"Hm.\",\"thinking_blocks\":["
                        + "{\"type\":\"thinking\",\"thinking\":\"Hm.\",\"signature\":\"EqQB\"},"
                        + "{\"type\":\"redacted_thinking\",\"data\":\"b64\"}],\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},\"extra_content\":{\"google\":{\"thought_signature\":"
                        + "\"CgQ=\"}}}]},\"logprobs\":null,\"finish_reason\":\"tool_calls\"}],\"usage\":{\"prompt_tokens\":9,"
                        + "\"completion_tokens\":5,\"total_tokens\":14,\"prompt_tokens_details\":{\"cached_tokens\":4,"
                        + "\"cache_write_tokens\":1},\"completion_tokens_details\":{\"reasoning_tokens\":2}}}");
    }

    @ParameterizedTest(name = "{0} {1}: {2} {3}")
    @CsvSource({
        "400, invalid_request, invalid_request_error, invalid_request",
        "401, unauthorized, invalid_request_error, invalid_api_key",
        "402, budget, insufficient_quota, budget",
        "403, forbidden, permission_error, forbidden",
        "404, model_not_found, invalid_request_error, model_not_found",
        "413, request_too_large, invalid_request_error, request_too_large",
        "422, x, invalid_request_error, x",
        "429, rate_limited, rate_limit_error, rate_limited",
        "429, insufficient_quota, insufficient_quota, insufficient_quota",
        "500, internal_error, server_error, internal_error",
        "503, upstream_unavailable, server_error, upstream_unavailable"
    })
    void errors(int status, String code, String type, String writtenCode) {
        GatewayError error = new GatewayError(status, code, "It is so.", "a.b", null);

        assertThat(Json.text(OpenAiFixtures.CODEC.writeError(error, "req-1")))
                .isEqualTo("{\"error\":{\"message\":"
                        + "\"It is so. (request id req-1)\",\"type\":\"" + type + "\",\"param\":\"a.b\",\"code\":\""
                        + writtenCode
                        + "\"}}");
    }

    @ParameterizedTest(name = "{0}: finished {1}")
    @CsvSource({"stream-plain, true", "stream-no-finish, false", "stream-error-finish, true", "stream-n2, true"})
    void a_stream_without_a_reason_is_not_finished(String name, boolean finished) {
        assertThat(OpenAiFixtures.read(OpenAiFixtures.text(name + "/stream.sse"))
                        .finished())
                .isEqualTo(finished);
    }

    @Test
    void of_two_choices_both_must_finish() {
        StreamReader reader = OpenAiFixtures.DIALECT.streamReader();
        reader.read(
                null,
                OpenAiFixtures.json(
                        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"},"
                                + "{\"index\":1,\"delta\":{\"content\":\"b\"}}]}"));

        assertThat(reader.finished()).isFalse();
        assertThat(reader.end()).containsExactly(new StreamEvent.Finished(1, new FinishReason(Kind.STOP, null, null)));
        assertThat(reader.finished()).isTrue();
    }

    static Stream<Arguments> pieces() {
        return Stream.of(
                arguments(
                        "no index, by id",
                        List.of(
                                "{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}",
                                "{\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}",
                                "{\"id\":\"a\",\"function\":{\"arguments\":\"}\"}}"),
                        "0:f:a:{} 1:g:b:{}"),
                arguments(
                        "no index, no id, by name",
                        List.of(
                                "{\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}",
                                "{\"function\":{\"arguments\":\"}\"}}",
                                "{\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
                        "0:f:call_0_:{} 1:f:call_1_:{}"),
                arguments(
                        "a new id in every piece",
                        List.of(
                                "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\"}}",
                                "{\"index\":0,\"id\":\"b\",\"function\":{\"arguments\":\"{}\"}}"),
                        "0:f:a:{}"),
                arguments(
                        "one id for two calls",
                        List.of(
                                "{\"index\":0,\"id\":\"f\",\"function\":{\"name\":\"f\"," + "\"arguments\":\"{}\"}}",
                                "{\"index\":1,\"id\":\"f\",\"function\":{\"name\":\"f\",\"arguments\":\"[]\"}}"),
                        "0:f:f:{} 1:f:call_1_:[]"),
                arguments(
                        "name repeated",
                        List.of(
                                "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}",
                                "{\"index\":0,\"id\":\"\",\"function\":{\"name\":\"f\",\"arguments\":\"}\"}}"),
                        "0:f:a:{}"),
                arguments(
                        "index from 1",
                        List.of(
                                "{\"index\":1,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}",
                                "{\"index\":\"2\",\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}"),
                        "0:f:a:{} 1:g:b:{}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pieces")
    void pieces_of_calls_find_their_call(String name, List<String> pieces, String expected) {
        StringBuilder sse = new StringBuilder();
        pieces.forEach(piece -> sse.append("data: {\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[")
                .append(piece)
                .append("]}}]}\n\n"));
        sse.append(
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n");
        AnswerCollector collector = OpenAiFixtures.DIALECT.collector();
        OpenAiFixtures.chunks(sse.toString()).forEach(collector::add);

        assertThat(calls(collector.answer(1))).isEqualTo(expected);
        OpenAiStreamRules.check(OpenAiFixtures.written(OpenAiFixtures.chunks(sse.toString()), false));
    }

    private static String calls(ChatAnswer answer) {
        StringBuilder text = new StringBuilder();
        for (Part part : answer.choices().get(0).parts()) {
            Part.ToolCall call = (Part.ToolCall) part;
            String id = call.id().replaceFirst("(call_\\d_).*", "$1");
            text.append(text.isEmpty() ? "" : " ")
                    .append(answer.choices().get(0).parts().indexOf(part))
                    .append(':')
                    .append(call.name())
                    .append(':')
                    .append(id)
                    .append(':')
                    .append(call.arguments());
        }
        return text.toString();
    }

    @Test
    void a_collected_answer_has_a_time_even_if_the_stream_told_none() {
        AnswerCollector collector = OpenAiFixtures.DIALECT.collector();
        OpenAiFixtures.chunks(
                        "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
                .forEach(collector::add);

        assertThat(collector.answer(99).created()).isEqualTo(99);
    }

    @Test
    void half_a_character_at_the_end_of_an_answer_can_be_written() {
        ChatAnswer answer = OpenAiFixtures.DIALECT.readAnswer(OpenAiFixtures.json(
                "{\"choices\":[{\"message\":{\"content\":\"a\\ud83d\"},\"finish_reason\":\"length\"}]}"));

        assertThat(answer.text()).isEqualTo("a\uFFFD");
        assertThat(Json.bytes(OpenAiFixtures.CODEC.writeAnswer(answer, null, "r")))
                .asString(StandardCharsets.UTF_8)
                .contains("a\uFFFD");
    }
}
