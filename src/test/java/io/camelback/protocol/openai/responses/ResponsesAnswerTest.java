package io.camelback.protocol.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.core.ObjectMappers;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStatus;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.testkit.ResponsesFixtures;
import io.camelback.testkit.WireFixtures;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesAnswerTest {
    private static final ChatRequest CODEX =
            ResponsesFixtures.request(ResponsesFixtures.text("request-codex/request.json"));

    private static ChatAnswer answer(FinishReason.Kind reason, Part... parts) {
        return new ChatAnswer(
                "x",
                "claude-opus",
                1_700_000_000L,
                List.of(new ChatAnswer.Choice(0, List.of(parts), FinishReason.of(reason, null))),
                Usage.of(5, 6),
                null);
    }

    private static ObjectNode written(ChatAnswer answer) {
        return ResponsesFixtures.CODEC.writeAnswer(answer, CODEX, "req-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"output\":null}",
                "{\"output\":{}}",
                "{\"status\":\"failed\",\"output\":[]}",
                "{\"status\":\"in_progress\",\"output\":[]}",
                "{\"status\":\"queued\",\"output\":[]}",
                "{\"status\":\"cancelled\",\"output\":[]}",
                "{\"output\":[{\"type\":\"function_call\",\"call_id\":\"c\"}]}",
                "{\"output\":[{\"type\":\"function_call\",\"name\":\"n\"}]}"
            })
    void what_is_no_answer_is_malformed(String body) {
        assertThatThrownBy(() -> ResponsesFixtures.DIALECT.readAnswer(ResponsesFixtures.json(body)))
                .isInstanceOf(MalformedResponseException.class);
    }

    static Stream<Arguments> finishes() {
        String call = "{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"n\",\"arguments\":\"{\"}";
        return Stream.of(
                arguments("completed", "\"status\":\"completed\"", "", FinishReason.Kind.STOP),
                arguments("no status", "\"id\":\"r\"", "", FinishReason.Kind.STOP),
                arguments("calls", "\"status\":\"completed\"", call, FinishReason.Kind.TOOL_CALLS),
                arguments("length", incomplete("max_output_tokens"), "", FinishReason.Kind.LENGTH),
                arguments("length within a call", incomplete("max_output_tokens"), call, FinishReason.Kind.LENGTH),
                arguments("filter", incomplete("content_filter"), "", FinishReason.Kind.CONTENT_FILTER),
                arguments("steered", incomplete("steered"), "", FinishReason.Kind.STOP),
                arguments("a new word", incomplete("moonphase"), "", FinishReason.Kind.OTHER));
    }

    private static String incomplete(String reason) {
        return "\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"" + reason + "\"}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("finishes")
    void a_status_means(String name, String status, String item, FinishReason.Kind reason) {
        ChatAnswer answer = ResponsesFixtures.DIALECT.readAnswer(
                ResponsesFixtures.json("{" + status + ",\"output\":[" + item + "]}"));

        assertThat(answer.choices().get(0).finish().reason()).isEqualTo(reason);
    }

    @Test
    void trap_29_usage_of_xai_that_counts_cached_tokens_apart_is_added_up() {
        ObjectNode body =
                ResponsesFixtures.json("{\"output\":[],\"usage\":{\"input_tokens\":3,\"input_tokens_details\":"
                        + "{\"cached_tokens\":90},\"output_tokens\":5,\"output_tokens_details\":null}}");

        assertThat(ResponsesFixtures.DIALECT.readAnswer(body).usage()).isEqualTo(new Usage(93, 90, 0, 5, 0));
        assertThat(ResponsesFixtures.DIALECT
                        .readAnswer(ResponsesFixtures.json("{\"output\":[],\"usage\":null}"))
                        .usage())
                .isNull();
    }

    @Test
    void what_was_asked_for_is_told_again() {
        ObjectNode body = written(answer(FinishReason.Kind.STOP, new Part.Text("Hi.")));

        JsonNode asked = CODEX.original().body();
        assertThat(body.path("tools")).isEqualTo(asked.path("tools"));
        assertThat(body.path("instructions").asText()).isEqualTo("You are Codex.");
        assertThat(body.path("parallel_tool_calls").asBoolean(true)).isFalse();
        assertThat(Json.text(body.path("reasoning"))).isEqualTo("{\"effort\":\"xhigh\",\"summary\":\"auto\"}");
        assertThat(Json.text(body.path("text"))).isEqualTo("{\"format\":{\"type\":\"text\"},\"verbosity\":\"medium\"}");
        assertThat(Json.text(body.path("metadata"))).isEqualTo("{}");
        assertThat(body.path("id").asText()).isEqualTo("resp_req-1");
        assertThat(body.path("model").asText()).isEqualTo("claude-opus");
    }

    @Test
    void a_call_of_a_free_form_tool_has_its_plain_input_again() {
        ArrayNode output = (ArrayNode) written(answer(
                        FinishReason.Kind.TOOL_CALLS,
                        new Part.ToolCall("toolu_1", "apply_patch", "{\"input\":\"*** Begin\\n\\\"x\\\"\"}"),
                        new Part.ToolCall("toolu_2", "apply_patch", "plain"),
                        new Part.ToolCall("toolu_3", "get_time", "")))
                .get("output");

        assertThat(output.findValuesAsText("type"))
                .containsExactly("custom_tool_call", "custom_tool_call", "function_call");
        assertThat(output.get(0).path("input").asText()).isEqualTo("*** Begin\n\"x\"");
        assertThat(output.get(1).path("input").asText()).isEqualTo("plain");
        assertThat(output.get(2).path("arguments").asText()).isEqualTo("{}");
        assertThat(output.findValuesAsText("call_id")).containsExactly("toolu_1", "toolu_2", "toolu_3");
        assertThat(output.get(0).path("id").asText()).startsWith("ctc_");
        assertThat(output.get(2).path("id").asText()).startsWith("fc_");
    }

    static Stream<Arguments> thinking() {
        return Stream.of(
                arguments("signed by Anthropic", new Part.Thinking("Hm.\n\nSo.", "EqQB|:x", null, "anthropic")),
                arguments("without words", new Part.Thinking("", "EqQB", null, "anthropic")),
                arguments("redacted", new Part.Thinking("", null, "b64==", "anthropic")),
                arguments("signed by Gemini", new Part.Thinking("Hm.", "CgT", null, "gemini")),
                arguments("OpenAI's", new Part.Thinking("Hm.", "|gAAA", null, "responses")),
                arguments("unsigned", new Part.Thinking("Hm.", null, null, null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("thinking")
    void traps_10_and_12_thinking_comes_back_as_it_went_and_reaches_no_other_provider(
            String name, Part.Thinking thinking) {
        Part.ToolCall call = new Part.ToolCall("toolu_1", "get_time", "{}");
        JsonNode output =
                written(answer(FinishReason.Kind.TOOL_CALLS, thinking, call)).path("output");
        ObjectNode next = Json.object().put("model", "m");
        next.putArray("input")
                .add(Json.object().put("role", "user").put("content", "a"))
                .addAll((ArrayNode) output);

        ChatRequest request = ResponsesFixtures.CODEC.readRequest(next);

        assertThat(request.messages().get(1)).isEqualTo(Message.assistant(thinking, call));
        boolean own = "responses".equals(thinking.origin());
        for (ChatRequest either : List.of(request, request.withoutOriginal())) {
            JsonNode sent = ResponsesFixtures.sent(either).path("input");
            assertThat(sent.findValuesAsText("type"))
                    .as("reasoning sent to OpenAI")
                    .filteredOn("reasoning"::equals)
                    .hasSize(own ? 1 : 0);
            assertThat(Json.text(sent)).doesNotContain("cb1:", "rs_cb");
        }
    }

    @Test
    void trap_9_the_signature_of_a_call_comes_back_with_it() {
        Part.ToolCall first = new Part.ToolCall("call_0_a", "get_time", "{}", "CgT+/=");
        Part.ToolCall second = new Part.ToolCall("call_1_a", "get_time", "{}");
        JsonNode output =
                written(answer(FinishReason.Kind.TOOL_CALLS, first, second)).path("output");
        ObjectNode next = Json.object().put("model", "m");
        next.putArray("input").addAll((ArrayNode) output);

        assertThat(ResponsesFixtures.CODEC.readRequest(next).messages())
                .containsExactly(Message.assistant(first, second));
    }

    @Test
    void thinking_whose_origin_is_unknown_goes_without_its_signature() {
        ObjectNode body = written(
                answer(FinishReason.Kind.STOP, new Part.Thinking("Hm.", "sig", null, null), new Part.Text("Hi.")));

        assertThat(Json.text(body.path("output"))).contains("Hm.").doesNotContain("sig", "encrypted");
    }

    static Stream<Arguments> endings() {
        Part text = new Part.Text("Hi");
        return Stream.of(
                arguments(answer(FinishReason.Kind.STOP, text), "completed", "null", "completed"),
                arguments(answer(FinishReason.Kind.OTHER, text), "completed", "null", "completed"),
                arguments(answer(FinishReason.Kind.LENGTH, text), "incomplete", "max_output_tokens", "incomplete"),
                arguments(answer(FinishReason.Kind.CONTENT_FILTER, text), "incomplete", "content_filter", "incomplete"),
                arguments(
                        answer(FinishReason.Kind.CONTENT_FILTER, new Part.Refusal("No.")),
                        "completed",
                        "null",
                        "completed"));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void trap_33_an_ending_is_told_by_status_and_details(
            ChatAnswer answer, String status, String reason, String itemStatus) {
        ObjectNode body = written(answer);

        assertThat(body.path("status").asText()).isEqualTo(status);
        assertThat(body.path("incomplete_details").path("reason").asText("null"))
                .isEqualTo(reason);
        assertThat(body.path("output").get(0).path("status").asText()).isEqualTo(itemStatus);
        assertThat(body.path("error").isNull()).isTrue();
    }

    @Test
    void an_answer_without_choices_is_an_empty_one() {
        ChatAnswer empty = new ChatAnswer(null, null, 0, List.of(), null, null);

        assertThat(written(empty).path("output")).isEmpty();
        assertThat(written(empty).path("usage").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "answer-text",
                "answer-reasoning-tools",
                "answer-refusal",
                "answer-incomplete",
                "answer-custom-tool"
            })
    void openai_java_reads_what_is_written(String name) throws Exception {
        ChatAnswer answer = ResponsesFixtures.DIALECT.readAnswer(ResponsesFixtures.object(name + "/answer.json"));
        String body = Json.text(written(WireFixtures.bare(answer)));

        Response response =
                ObjectMappers.jsonMapper().readValue(body, Response.class).validate();

        assertThat(response.output())
                .hasSize(answer.original().body().path("output").size());
        assertThat(response.usage().orElseThrow().totalTokens())
                .isEqualTo(answer.usage().total());
        boolean cut = name.equals("answer-incomplete");
        assertThat(response.status()).contains(cut ? ResponseStatus.INCOMPLETE : ResponseStatus.COMPLETED);
    }
}
