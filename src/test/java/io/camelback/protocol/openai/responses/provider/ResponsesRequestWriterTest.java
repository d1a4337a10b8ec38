package io.camelback.protocol.openai.responses.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequest.Effort;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.SamplingParameters;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
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
    private static final Part OWN = new Part.Thinking("Hm.", "rs_1|gAAA", null, "responses");
    private static final Part CALL = new Part.ToolCall("c1", "n", "{}");

    private static ChatRequestBuilder asking() {
        return ChatRequest.builder("auto").message(Message.user("a"));
    }

    private static JsonNode input(ChatRequestBuilder request, UnsupportedParameter... refuses) {
        return ResponsesFixtures.sent(request.build(), refuses).path("input");
    }

    private static List<String> types(JsonNode items) {
        return items.findValuesAsText("type").stream()
                .filter(type -> !type.endsWith("text"))
                .toList();
    }

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
    void trap_14_reasoning_goes_back_right_in_front_of_what_it_led_to() {
        assertThat(types(input(asking().message(Message.assistant(OWN, CALL)).message(Message.toolResult("c1", "r")))))
                .containsExactly("message", "reasoning", "function_call", "function_call_output");
        assertThat(types(input(asking().message(Message.assistant(OWN, new Part.Text("t"), OWN, CALL)))))
                .containsExactly(
                        "message", "reasoning", "message", "reasoning", "function_call", "function_call_output");
        assertThat(Json.text(
                        input(asking().message(Message.assistant(OWN, CALL))).get(1)))
                .isEqualTo(
                        "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"Hm.\"}],"
                                + "\"encrypted_content\":\"gAAA\"}");
    }

    @Test
    void trap_14_reasoning_without_a_following_item_is_dropped() {
        assertThat(types(input(asking().message(Message.assistant(new Part.Text("t"), OWN))
                        .message(Message.user("b")))))
                .containsExactly("message", "message", "message");
        assertThat(types(input(asking().message(Message.assistant(OWN)).message(Message.user("b")))))
                .containsExactly("message", "message");
    }

    @Test
    void trap_12_reasoning_of_another_provider_is_dropped() {
        Part foreign = new Part.Thinking("Hm.", "EqQB", null, "anthropic");
        Part redacted = new Part.Thinking("", null, "b64", "anthropic");
        Part bare = new Part.Thinking("Hm.", null, null, null);

        assertThat(types(input(asking().message(Message.assistant(foreign, redacted, bare, CALL)))))
                .containsExactly("message", "function_call", "function_call_output");
    }

    static Stream<Arguments> strippedReasoning() {
        String state = "{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'gAAA'}";
        String call = "{'type':'function_call','id':'fc_1','call_id':'1','name':'n','arguments':'{}'}";
        String bareCall = call.replace("'id':'fc_1',", "");
        String result = "{'type':'function_call_output','call_id':'1','output':'x'}";
        return Stream.of(
                arguments(
                        "trap 14: reasoning with its item stays",
                        state + "," + call + "," + result,
                        state + "," + call + "," + result),
                arguments(
                        "trap 12: another provider's goes, and the ids that would demand it",
                        state.replace("gAAA", "cb1:anthropic:s:EqQB") + "," + call + "," + result,
                        bareCall + "," + result),
                arguments(
                        "trap 14: without encrypted content nothing can be found",
                        state.replace(",'encrypted_content':'gAAA'", "") + "," + call + "," + result,
                        bareCall + "," + result),
                arguments(
                        "trap 14: without a following item",
                        call + "," + result + "," + state,
                        bareCall + "," + result),
                arguments(
                        "trap 14: of several in a row, all stay or go with what follows",
                        state + "," + state + "," + call,
                        state + "," + state + "," + call),
                arguments(
                        "an id made here is not known there",
                        state.replace("rs_1", "rs_cbA") + "," + call,
                        state.replace("'id':'rs_1',", "") + "," + call));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strippedReasoning")
    void reasoning_that_the_provider_would_refuse_is_left_out_of_a_body_passed_through(
            String name, String items, String left) {
        String user = "{\"role\":\"user\",\"content\":\"a\"},";
        ChatRequest request =
                ResponsesFixtures.request("{\"model\":\"m\",\"input\":[" + user + items.replace('\'', '"') + "]}");

        assertThat(Json.text(ResponsesFixtures.sent(request).path("input")))
                .isEqualTo("[" + user + left.replace('\'', '"') + "]");
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
    void trap_18_fields_that_the_api_does_not_have_are_left_out() {
        ObjectNode body = ResponsesFixtures.sent(asking().metadata("team", "x")
                .sampling(new SamplingParameters(null, null, 4, 7L, BigDecimal.ONE, BigDecimal.ONE, List.of("END")))
                .build());

        assertThat(body.properties()).extracting(field -> field.getKey()).containsExactly("model", "input", "store");
    }

    @Test
    void trap_30_several_answers_are_for_another_provider() {
        assertThatThrownBy(() -> ResponsesFixtures.sent(asking().candidates(2).build()))
                .isInstanceOf(UnsupportedFeatureException.class);
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
    void effort_asks_for_the_encrypted_reasoning_that_the_next_turn_needs() {
        ObjectNode high = ResponsesFixtures.sent(asking().effort(Effort.MAX).build());
        ObjectNode none = ResponsesFixtures.sent(asking().effort(Effort.NONE).build());

        assertThat(Json.text(high))
                .contains("\"reasoning\":{\"effort\":\"xhigh\"},\"include\":[\"reasoning.encrypted_content\"]");
        assertThat(Json.text(none))
                .contains("\"reasoning\":{\"effort\":\"none\"}")
                .doesNotContain("include");
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

    static Stream<Arguments> refusals() {
        String tool = "\"tools\":[{\"type\":\"function\",\"name\":\"n\",\"strict\":true}]";
        String schema =
                "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"s\",\"schema\":{\"type\":\"object\"}}}";
        return Stream.of(
                arguments(UnsupportedParameter.TEMPERATURE, "\"temperature\":1", "\"temperature\"", null),
                arguments(UnsupportedParameter.TOP_P, "\"top_p\":1", "\"top_p\"", null),
                arguments(UnsupportedParameter.LOGPROBS, "\"top_logprobs\":1", "\"top_logprobs\"", null),
                arguments(
                        UnsupportedParameter.PARALLEL_TOOL_CALLS,
                        "\"parallel_tool_calls\":true,\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]",
                        "\"parallel_tool_calls\"",
                        null),
                arguments(UnsupportedParameter.EFFORT, "\"reasoning\":{\"effort\":\"low\"}", "\"reasoning\"", null),
                arguments(
                        UnsupportedParameter.EFFORT,
                        "\"reasoning\":{\"effort\":\"low\",\"summary\":\"auto\"}",
                        "effort",
                        "\"reasoning\":{\"summary\":\"auto\"}"),
                arguments(UnsupportedParameter.STRICT_TOOLS, tool, "true", "\"strict\":false"),
                arguments(
                        UnsupportedParameter.TOOLS_WITH_EFFORT,
                        tool + ",\"reasoning\":{\"effort\":\"low\"}",
                        "\"low\"",
                        "\"effort\":\"none\""),
                arguments(
                        UnsupportedParameter.FORCED_TOOL_CHOICE,
                        tool + ",\"tool_choice\":\"required\"",
                        "\"required\"",
                        "\"instructions\":\"You must call at least one"),
                arguments(
                        UnsupportedParameter.FORCED_TOOL_CHOICE,
                        tool + ",\"tool_choice\":{\"type\":\"function\",\"name\":\"n\"}",
                        "\"tool_choice\":{",
                        "You must call the tool n."),
                arguments(
                        UnsupportedParameter.FORCED_TOOL_CHOICE,
                        tool + ",\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"required\","
                                + "\"tools\":[{\"type\":\"function\",\"name\":\"n\"}]}",
                        "\"required\"",
                        "\"mode\":\"auto\""),
                arguments(UnsupportedParameter.JSON_SCHEMA, schema, "json_schema", "It must obey this JSON Schema: {"),
                arguments(
                        UnsupportedParameter.JSON_MODE,
                        "\"text\":{\"format\":{\"type\":\"json_object\"}}",
                        "json_object",
                        "Answer with one JSON object"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void what_a_target_refuses_is_left_out_or_said_another_way(
            UnsupportedParameter refusal, String fields, String gone, String instead) {
        ChatRequest request = ResponsesFixtures.request("{\"model\":\"m\",\"input\":\"a\"," + fields + "}");

        assertThat(Json.text(ResponsesFixtures.sent(request))).contains(gone);
        assertThat(Json.text(ResponsesFixtures.sent(request, refusal)))
                .doesNotContain(gone)
                .contains(instead == null ? "" : instead);
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

    static Stream<Arguments> untranslatable() {
        Part.Image image = new Part.Image(new Media.Url("https://a.b/c.png"), null);
        Part.Image stored = new Part.Image(new Media.FileId("openai", "file-1"), null);
        return Stream.of(
                arguments("images", image, new ProviderModel("m", 0, Set.of(UnsupportedParameter.IMAGES), "openai")),
                arguments("a stored file elsewhere", stored, new ProviderModel("m", 0, Set.of(), "xai")),
                arguments(
                        "another provider's file",
                        new Part.Document(new Media.FileId("gemini", "f"), null),
                        ResponsesFixtures.target()),
                arguments(
                        "audio",
                        new Part.Audio(new Media.Inline("audio/wav", "AAAA"), "wav"),
                        ResponsesFixtures.target()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("untranslatable")
    void what_cannot_be_carried_is_for_another_target(String name, Part part, ProviderModel target) {
        ChatRequest request =
                asking().message(new Message(Role.USER, List.of(part))).build();

        assertThatThrownBy(() -> ResponsesFixtures.DIALECT.writeRequest(request, target, false))
                .isInstanceOf(UnsupportedFeatureException.class);
    }

    @Test
    void trap_20_and_22_tools_that_a_target_cannot_have_are_for_another() {
        ChatRequest dotted =
                asking().tool(new Tool("mcp.a/b", null, null, null)).build();
        ChatRequest tools = asking().message(Message.assistant(CALL))
                .message(Message.toolResult("c1", "r"))
                .build();

        assertThatThrownBy(() -> ResponsesFixtures.sent(dotted)).isInstanceOf(UnsupportedFeatureException.class);
        assertThatThrownBy(() -> ResponsesFixtures.sent(tools, UnsupportedParameter.TOOLS))
                .isInstanceOf(UnsupportedFeatureException.class);
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
