package io.camelback.protocol.openai.responses.provider;

import static io.camelback.protocol.openai.responses.provider.ResponsesRequestSamples.CALL;
import static io.camelback.protocol.openai.responses.provider.ResponsesRequestSamples.asking;
import static io.camelback.protocol.openai.responses.provider.ResponsesRequestSamples.input;
import static io.camelback.protocol.openai.responses.provider.ResponsesRequestSamples.types;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.SamplingParameters;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.testkit.ResponsesFixtures;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResponsesRequestWriterTest {
    @Test
    void trap_13_nothing_is_stored_unless_a_caller_of_this_dialect_said_so() {
        assertThat(ResponsesFixtures.sent(asking().build()).path("store").asText())
                .isEqualTo("false");
        assertThat(ResponsesFixtures.sent(ResponsesFixtures.request("{\"model\":\"m\",\"input\":\"a\"}"))
                        .path("store")
                        .asText())
                .isEqualTo("false");
        assertThat(ResponsesFixtures.sent(ResponsesFixtures.request("{\"model\":\"m\",\"input\":\"a\",\"store\":null}"))
                        .path("store")
                        .asText())
                .isEqualTo("false");
        assertThat(ResponsesFixtures.sent(ResponsesFixtures.request("{\"model\":\"m\",\"input\":\"a\",\"store\":true}"))
                        .path("store")
                        .asText())
                .isEqualTo("true");
    }

    @Test
    void trap_13_what_the_caller_has_stored_at_openai_is_named_by_its_id() {
        String items =
                "[{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]},{\"id\":\"msg_1\",\"role\":\"assistant\","
                        + "\"content\":[],\"type\":\"message\"}]";

        JsonNode input = ResponsesFixtures.sent(
                        ResponsesFixtures.request("{\"model\":\"m\",\"store\":true,\"input\":" + items + "}"))
                .path("input");

        assertThat(Json.text(input)).isEqualTo(items);
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                arguments(5, 0, 16),
                arguments(16, 0, 16),
                arguments(4000, 0, 4000),
                arguments(4000, 1000, 1000),
                arguments(null, 1000, null));
    }

    @ParameterizedTest(name = "{0} of at most {1} is sent as {2}")
    @MethodSource("limits")
    void trap_15_the_limit_is_at_least_16_and_at_most_what_the_model_can_write(Integer asked, int most, Integer sent) {
        ProviderModel target = new ProviderModel("real-model", most, Set.of(), "openai");
        ChatRequest neutral = asking().maxOutputTokens(asked).build();
        ChatRequest own =
                ResponsesFixtures.request("{\"model\":\"m\",\"input\":\"a\",\"max_output_tokens\":" + asked + "}");

        for (ChatRequest request : List.of(neutral, own)) {
            JsonNode limit = ResponsesFixtures.DIALECT
                    .writeRequest(request, target, false)
                    .path("max_output_tokens");
            assertThat(limit.isNumber() ? (Integer) limit.intValue() : null).isEqualTo(sent);
        }
    }

    @Test
    void trap_17_zero_and_false_are_said_and_what_was_not_said_is_not() {
        ObjectNode body = ResponsesFixtures.sent(asking().tool(new Tool("n", null, null, null))
                .parallelCalls(false)
                .sampling(new SamplingParameters(BigDecimal.ZERO, BigDecimal.ONE, null, null, null, null, null))
                .build());

        assertThat(body.path("temperature").asText()).isEqualTo("0");
        assertThat(body.path("top_p").asText()).isEqualTo("1");
        assertThat(body.path("parallel_tool_calls").asText()).isEqualTo("false");
        assertThat(ResponsesFixtures.sent(asking().build()).properties())
                .extracting(field -> field.getKey())
                .containsExactly("model", "input", "store");
    }

    @Test
    void tools_are_flat_and_strictness_is_always_said() {
        ObjectNode schema = Json.object().put("type", "object");
        JsonNode tools = ResponsesFixtures.sent(asking().tool(new Tool("a", "d", schema, null))
                        .tool(new Tool("b", null, null, true))
                        .toolChoice(ToolChoice.named("a"))
                        .build())
                .path("tools");

        assertThat(Json.text(tools))
                .isEqualTo("[{\"type\":\"function\",\"name\":\"a\",\"description\":\"d\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{}},\"strict\":false},{\"type\":\"function\",\"name\":\"b\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{}},\"strict\":true}]");
    }

    @Test
    void system_messages_at_the_start_are_instructions_and_later_ones_stay_in_place() {
        ObjectNode body = ResponsesFixtures.sent(ChatRequest.builder("m")
                .message(Message.system("One."))
                .message(Message.system("Two."))
                .message(new Message(Role.DEVELOPER, List.of(new Part.Text("Three."))))
                .message(Message.user("a"))
                .message(Message.system("Four."))
                .message(Message.user("b"))
                .build());

        assertThat(body.path("instructions").asText()).isEqualTo("One.\n\nTwo.");
        assertThat(body.path("input").findValuesAsText("role")).containsExactly("developer", "user", "system", "user");
    }

    @Test
    void instructions_alone_are_the_input() {
        ObjectNode body = ResponsesFixtures.sent(
                ChatRequest.builder("m").message(Message.system("Say hi.")).build());

        assertThat(body.has("instructions")).isFalse();
        assertThat(body.path("input").findValuesAsText("role")).containsExactly("system");
    }

    @Test
    void trap_4_results_are_repaired_and_errors_said() {
        JsonNode input = input(asking().message(Message.assistant(new Part.ToolCall("x".repeat(70), "n", ""), CALL))
                .message(new Message(
                        Role.TOOL, List.of(new Part.ToolResult("c1", null, List.of(new Part.Text("no")), true)))));

        assertThat(types(input))
                .containsExactly(
                        "message", "function_call", "function_call", "function_call_output", "function_call_output");
        assertThat(input.get(1).path("arguments").asText()).isEqualTo("{}");
        assertThat(input.get(1).path("call_id").asText())
                .hasSizeLessThanOrEqualTo(64)
                .isEqualTo(input.get(3).path("call_id").asText());
        assertThat(input.get(3).path("output").asText()).isEqualTo("(no result)");
        assertThat(input.get(4).path("output").asText()).isEqualTo("Error: no");
    }

    @Test
    void json_mode_speaks_of_json_in_the_input_where_the_caller_does_not() {
        JsonNode silent = input(asking().format(new ResponseFormat.Json()));
        JsonNode told =
                input(ChatRequest.builder("m").message(Message.user("As JSON.")).format(new ResponseFormat.Json()));

        assertThat(silent).hasSize(2);
        assertThat(silent.get(0).path("content").asText()).contains("JSON");
        assertThat(told).hasSize(1);
    }

    @Test
    void trap_35_and_3_roles_and_prefill_are_fitted() {
        ChatRequest request =
                ResponsesFixtures.request("{\"model\":\"m\",\"input\":[{\"role\":\"developer\",\"content\":\"d\"},"
                        + "{\"role\":\"user\",\"content\":\"u\"},"
                        + "{\"role\":\"system\",\"content\":[{\"type\":\"input_text\",\"text\":\"s\"}]},"
                        + "{\"role\":\"assistant\",\"content\":\"begun\"}]}");

        JsonNode input = ResponsesFixtures.sent(
                        request,
                        UnsupportedParameter.DEVELOPER_ROLE,
                        UnsupportedParameter.LATE_SYSTEM,
                        UnsupportedParameter.PREFILL)
                .path("input");

        assertThat(input.findValuesAsText("role")).containsExactly("system", "user", "user", "assistant", "user");
        assertThat(input.get(2).path("content").asText()).isEqualTo("<system-reminder>\ns\n</system-reminder>");
        assertThat(ResponsesFixtures.sent(request).path("input"))
                .isEqualTo(request.original().body().path("input"));
    }

    @Test
    void routing_hints_go_nowhere_and_unknown_fields_stay() {
        ChatRequest request = ResponsesFixtures.request(ResponsesFixtures.text("request-sampling/request.json"));

        String body = Json.text(ResponsesFixtures.sent(request));

        assertThat(body)
                .contains(
                        "\"metadata\":{\"team\":\"games\"}",
                        "\"new_field\":{\"a\":1.50}",
                        "\"prompt_cache_key\":\"k1\"",
                        "\"max_output_tokens\":16",
                        "\"top_p\":1.0");
        assertThat(Json.text(request.original().body()))
                .isEqualTo(
                        ResponsesFixtures.text("request-sampling/request.json").trim());
    }

    @Test
    void stream_options_go_only_with_a_stream() {
        ChatRequest request = ResponsesFixtures.request(ResponsesFixtures.text("request-multi-turn/request.json"));

        assertThat(ResponsesFixtures.DIALECT
                        .writeRequest(request, ResponsesFixtures.target(), true)
                        .has("stream_options"))
                .isTrue();
        ObjectNode whole = ResponsesFixtures.DIALECT.writeRequest(request, ResponsesFixtures.target(), false);
        assertThat(whole.has("stream_options")).isFalse();
        assertThat(whole.path("stream").asText()).isEqualTo("false");
        assertThat(ResponsesFixtures.DIALECT
                        .writeRequest(asking().build(), ResponsesFixtures.target(), true)
                        .path("stream")
                        .asText())
                .isEqualTo("true");
    }
}
