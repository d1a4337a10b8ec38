package io.camelback.protocol.anthropic.client;

import static io.camelback.testkit.AnthropicClientFixtures.CODEC;
import static io.camelback.testkit.AnthropicClientFixtures.dialect;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.FinishReason;
import io.camelback.chat.FinishReason.Kind;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Part;
import io.camelback.chat.Usage;
import io.camelback.testkit.AnthropicClientFixtures;
import io.camelback.testkit.AnthropicFixtures;
import io.camelback.testkit.WireFixtures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicClientAnswerTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "openai/answer-deepseek",
                "openai/answer-tools-but-stop",
                "openai/answer-refusal-n2",
                "openai/answer-mistral-parts",
                "gemini/parallel-calls",
                "gemini/thinking-and-text",
                "anthropic/answer-thinking",
                "anthropic/answer-tool-use",
                "anthropic/answer-refusal",
                "anthropic/answer-server-tools"
            })
    void an_answer_of_any_provider_becomes(String path) {
        String provider = path.substring(0, path.indexOf('/'));
        ChatAnswer answer = dialect(provider).readAnswer(AnthropicFixtures.object(resource(path + "/answer.json")));

        ObjectNode body = CODEC.writeAnswer(WireFixtures.bare(answer), null, "req-1");

        String golden = "answered/" + path.replace('/', '-').replace("answer-", "") + ".json";
        assertThat(WireFixtures.pretty(body)).isEqualTo(AnthropicFixtures.text(golden));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"answer-text", "answer-thinking", "answer-tool-use", "answer-server-tools", "answer-refusal"})
    void an_answer_of_this_dialect_goes_out_as_it_came(String name) {
        ObjectNode body = AnthropicFixtures.json(name + "/answer.json");

        assertThat(CODEC.writeAnswer(AnthropicClientFixtures.DIALECT.readAnswer(body), null, "req-1"))
                .isSameAs(body);
    }

    @ParameterizedTest(name = "{0} {1} with calls: {2}")
    @CsvSource({
        "STOP,stop,false,end_turn",
        "STOP,stop,true,tool_use",
        "TOOL_CALLS,tool_calls,true,tool_use",
        "TOOL_CALLS,tool_calls,false,end_turn",
        "LENGTH,length,false,max_tokens",
        "LENGTH,length,true,max_tokens",
        "CONTENT_FILTER,content_filter,false,refusal",
        "CONTENT_FILTER,SAFETY,true,refusal",
        "OTHER,,false,end_turn",
        "OTHER,weird,true,tool_use",
        "LENGTH,model_context_window_exceeded,false,model_context_window_exceeded"
    })
    void a_finish_becomes(Kind reason, String raw, boolean calls, String stopReason) {
        Part part = calls ? new Part.ToolCall("a", "f", "{}") : new Part.Text("a");

        assertThat(written(FinishReason.of(reason, raw), part)
                        .path("stop_reason")
                        .asText())
                .isEqualTo(stopReason);
    }

    @Test
    void trap_33_a_refusal_is_told_as_one_and_trap_34_a_pause_stays_a_pause() {
        assertThat(written(FinishReason.of(Kind.CONTENT_FILTER, "SAFETY")).toString())
                .contains("\"content\":[]")
                .contains("\"stop_reason\":\"refusal\"");
        assertThat(written(FinishReason.of(Kind.STOP, "pause_turn"), new Part.Text("a"))
                        .path("stop_reason")
                        .asText())
                .isEqualTo("pause_turn");
    }

    @Test
    void trap_18_the_stop_text_is_told() {
        ObjectNode body = written(new FinishReason(Kind.STOP, "stop_sequence", "END"), new Part.Text("a"));

        assertThat(body.path("stop_reason").asText()).isEqualTo("stop_sequence");
        assertThat(body.path("stop_sequence").asText()).isEqualTo("END");
    }

    @ParameterizedTest(name = "{0} cut: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "|false|{}",
                "null|false|{}",
                "{\"a\":1.0,\"b\":12345678901234567890}|false|" + "{\"a\":1.0,\"b\":12345678901234567890}",
                "\"{\\\"a\\\":1}\"|false|{\"a\":1}",
                "{'a': 1}|false|{\"_raw\":\"{'a': 1}\"}",
                "{}{}|false|{\"_raw\":\"{}{}\"}",
                "{\"a\":|true|{}"
            },
            quoteCharacter = '^')
    void trap_24_arguments_are_read_leniently(String arguments, boolean cut, String input) {
        FinishReason finish =
                cut ? FinishReason.of(Kind.LENGTH, "length") : FinishReason.of(Kind.TOOL_CALLS, "tool_calls");

        JsonNode block = written(finish, new Part.ToolCall("a", "f", arguments == null ? "" : arguments))
                .path("content")
                .path(0);

        assertThat(block.path("input").toString()).isEqualTo(input);
    }

    @Test
    void ids_fit_and_none_comes_twice_in_a_conversation() {
        Part[] calls = {
            new Part.ToolCall("call_0", "f", "{}"),
            new Part.ToolCall("call_0", "f", "{}"),
            new Part.ToolCall("functions.f:1", "f", "{}"),
            new Part.ToolCall(null, "f", "{}"),
            new Part.ToolCall("call_AbC123xyz", "f", "{}")
        };

        List<String> ids = written(FinishReason.STOP, calls).path("content").findValuesAsText("id");

        assertThat(ids)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-zA-Z0-9_-]{1,64}"))
                .contains("call_AbC123xyz");
        assertThat(written(FinishReason.STOP, calls).path("content").findValuesAsText("id"))
                .as("every time")
                .isEqualTo(ids);
        ChatAnswer next = answer(FinishReason.STOP, calls);
        assertThat(CODEC.writeAnswer(next, null, "req-2")
                        .path("content")
                        .findValuesAsText("id")
                        .get(0))
                .isNotEqualTo(ids.get(0));
    }

    @Test
    void what_a_caller_sends_back_is_what_the_provider_signed() {
        List<Part> parts = List.of(
                new Part.Thinking("Hm", "sig/+=", null, "gemini"),
                new Part.Thinking("", null, "enc", "openai-responses"),
                new Part.Thinking("So", null, null, null),
                new Part.Thinking("", "EqQB", null, "anthropic"),
                new Part.Text("a"),
                new Part.ToolCall("call_AbC", "f", "{\"a\":1}", "CgCALL"));
        ObjectNode request = AnthropicFixtures.object(
                "{\"model\":\"auto\",\"max_tokens\":9,\"messages\":[{\"role\":\"assistant\"}]}");
        ((ObjectNode) request.get("messages").get(0))
                .set(
                        "content",
                        written(FinishReason.STOP, parts.toArray(new Part[0])).get("content"));

        assertThat(CODEC.readRequest(request).messages().get(0).parts()).isEqualTo(parts);
    }

    @Test
    void the_model_is_the_one_asked_for_where_the_provider_names_none() {
        ChatAnswer answer = new ChatAnswer(null, null, 0, List.of(), null, null);

        ObjectNode body =
                CODEC.writeAnswer(answer, ChatRequest.builder("premium").build(), "a b/c\n1");

        assertThat(body.path("model").asText()).isEqualTo("premium");
        assertThat(body.path("id").asText()).isEqualTo("msg_abc1");
        assertThat(body.path("usage").path("output_tokens").isNumber()).isTrue();
    }

    @Test
    void trap_29_cached_tokens_are_counted_apart() {
        ChatAnswer answer = new ChatAnswer(null, "m", 0, List.of(), new Usage(100, 70, 5, 15, 8), null);

        assertThat(CODEC.writeAnswer(answer, null, "r").path("usage").toString())
                .isEqualTo("{\"input_tokens\":25,"
                        + "\"cache_creation_input_tokens\":5,\"cache_read_input_tokens\":70,\"output_tokens\":15,"
                        + "\"output_tokens_details\":{\"thinking_tokens\":8}}");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "400,invalid_request,invalid_request_error,400",
        "401,unauthorized,authentication_error,401",
        "402,budget,billing_error,402",
        "403,forbidden,permission_error,403",
        "404,model_not_found,not_found_error,404",
        "413,request_too_large,request_too_large,413",
        "422,invalid,invalid_request_error,422",
        "429,rate_limited,rate_limit_error,429",
        "500,internal,api_error,500",
        "502,upstream_error,api_error,502",
        "503,upstream_unavailable,overloaded_error,529",
        "503,no_usable_deployment,overloaded_error,503",
        "504,upstream_timeout,timeout_error,504",
        "529,overloaded,overloaded_error,529"
    })
    void an_error_becomes(int status, String code, String type, int sent) {
        GatewayError error = GatewayError.of(status, code, "No.");

        assertThat(CODEC.writeError(error, "req-1").toString())
                .isEqualTo("{\"type\":\"error\",\"error\":{\"type\":\"" + type
                        + "\",\"message\":\"No.\"},\"request_id\":\"req-1\"}");
        assertThat(CODEC.status(error)).isEqualTo(sent);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"The conversation is too long.", "prompt is too long: The conversation is too long."})
    void trap_39_an_overflow_begins_as_claude_code_expects(String message) {
        assertThat(CODEC.writeError(GatewayError.of(400, "context_length_exceeded", message), "r")
                        .path("error")
                        .path("message")
                        .asText())
                .isEqualTo("prompt is too long: The conversation is too long.");
    }

    private static ObjectNode written(FinishReason finish, Part... parts) {
        return CODEC.writeAnswer(answer(finish, parts), null, "req-1");
    }

    private static ChatAnswer answer(FinishReason finish, Part... parts) {
        return new ChatAnswer(null, "m", 0, List.of(new ChatAnswer.Choice(0, List.of(parts), finish)), null, null);
    }

    static String resource(String path) {
        try (InputStream in = AnthropicClientAnswerTest.class.getResourceAsStream("/fixtures/" + path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
