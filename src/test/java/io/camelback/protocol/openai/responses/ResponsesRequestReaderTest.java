package io.camelback.protocol.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequest.Effort;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.Tool;
import io.camelback.chat.ToolChoice;
import io.camelback.json.Json;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.testkit.ResponsesFixtures;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResponsesRequestReaderTest {

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("no model", "model", "{'input':'a'}"),
                arguments("no input", "input", "{'model':'m'}"),
                arguments("empty text", "input", "{'model':'m','input':''}"),
                arguments("no items", "input", "{'model':'m','input':[]}"),
                arguments("input of another type", "input", "{'model':'m','input':{}}"),
                arguments("an item that is text", "input[0]", "{'model':'m','input':['a']}"),
                arguments("a message without role", "input[0].role", item("{'content':'a'}")),
                arguments("an unknown role", "input[0].role", item("{'role':'tool','content':'a'}")),
                arguments("no content", "input[0].content", item("{'role':'user'}")),
                arguments("content of another type", "input[0].content", item("{'role':'user','content':7}")),
                arguments(
                        "a part without text",
                        "input[0].content[0].text",
                        item("{'role':'user','content':[{'type':'input_text'}]}")),
                arguments(
                        "an image without address",
                        "input[0].content[0].image_url",
                        item("{'role':'user','content':[{'type':'input_image'}]}")),
                arguments(
                        "an image of the file system",
                        "input[0].content[0].image_url",
                        item("{'role':'user','content':[{'type':'input_image','image_url':'file:///etc/passwd'}]}")),
                arguments(
                        "a file without anything",
                        "input[0].content[0].file_data",
                        item("{'role':'user','content':[{'type':'input_file','filename':'a'}]}")),
                arguments(
                        "broken base64",
                        "input[0].content[0].file_data",
                        item("{'role':'user','content':[{'type':'input_file','file_data':'a*b'}]}")),
                arguments(
                        "a call without call_id",
                        "input[0].call_id",
                        item("{'type':'function_call','id':'fc_1','name':'n','arguments':'{}'}")),
                arguments(
                        "an unknown choice",
                        "tool_choice",
                        with("'tools':[{'type':'custom','name':'n'}],'tool_choice':'any'")),
                arguments("trap 22: a forced choice without tools", "tool_choice", with("'tool_choice':'required'")),
                arguments(
                        "a choice that is no tool",
                        "tool_choice.name",
                        with("'tools':[{'type':'function','name':'n'}],'tool_choice':{'type':'function','name':'x'}")),
                arguments(
                        "allowed tools without any",
                        "tool_choice.tools",
                        with(
                                "'tools':[{'type':'function','name':'n'}],'tool_choice':{'type':'allowed_tools','mode':'auto'}")),
                arguments("an unknown format", "text.format.type", with("'text':{'format':{'type':'yaml'}}")),
                arguments(
                        "a format without schema",
                        "text.format.schema",
                        with("'text':{'format':{'type':'json_schema','name':'n'}}")),
                arguments("an unknown effort", "reasoning.effort", with("'reasoning':{'effort':'huge'}")),
                arguments("a temperature out of range", "temperature", with("'temperature':2.1")),
                arguments("a limit of nothing", "max_output_tokens", with("'max_output_tokens':0")),
                arguments(
                        "a huge number anywhere",
                        "tools[0].parameters.maximum",
                        with("'tools':[{'type':'function','name':'n','parameters':{'maximum':1e999}}]")));
    }

    private static String item(String items) {
        return "{'model':'m','input':[" + items + "]}";
    }

    private static String with(String fields) {
        return "{'model':'m','input':'a'," + fields + "}";
    }

    private static ChatRequest read(String body) {
        return ResponsesFixtures.request(body.replace('\'', '"'));
    }

    private static InvalidRequestException refusal(String body) {
        return catchThrowableOfType(InvalidRequestException.class, () -> read(body));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void a_fault_is_named_by_its_path(String name, String param, String body) {
        InvalidRequestException refusal = refusal(body);

        assertThat(refusal).isNotNull();
        assertThat(refusal.error().status()).isEqualTo(400);
        assertThat(refusal.error().code()).isEqualTo("invalid_request");
        assertThat(refusal.error().param()).isEqualTo(param);
        assertThat(refusal.error().message()).contains(param);
    }

    static Stream<Arguments> stored() {
        return Stream.of(
                arguments("previous_response_id", with("'previous_response_id':'resp_1'"), "`input`"),
                arguments("conversation", with("'conversation':{'id':'conv_1'}"), "`input`"),
                arguments("conversation", with("'conversation':'conv_1'"), "`input`"),
                arguments("prompt", with("'prompt':{'id':'pmpt_1'}"), "`instructions`"),
                arguments("background", with("'background':true"), "`stream`"),
                arguments("input[0]", item("{'type':'item_reference','id':'msg_1'}"), "the item itself"),
                arguments("input[0]", item("{'id':'msg_1'}"), "the item itself"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("stored")
    void trap_13_what_is_stored_at_openai_is_refused_and_the_message_says_what_to_do(
            String param, String body, String advice) {
        InvalidRequestException refusal = refusal(body);

        assertThat(refusal.error().code()).isEqualTo("unsupported_parameter");
        assertThat(refusal.error().param()).isEqualTo(param);
        assertThat(refusal.error().message()).contains("`" + param + "`").contains(advice);
        String written = Json.text(ResponsesFixtures.CODEC.writeError(refusal.error(), "req-1"));
        assertThat(written)
                .startsWith("{\"error\":{")
                .contains("\"type\":\"invalid_request_error\"")
                .contains("\"code\":\"unsupported_parameter\"")
                .contains("\"param\":\"" + param + "\"");
    }

    @Test
    void nulls_and_falses_of_the_refused_fields_are_nothing() {
        ChatRequest request =
                read(with("'previous_response_id':null,'conversation':null,'prompt':null,'background':false,"
                        + "'store':true,'tools':null,'text':null,'reasoning':{'effort':null}"));

        assertThat(request.messages()).containsExactly(Message.user("a"));
        assertThat(request.effort()).isNull();
    }

    @Test
    void trap_17_the_fields_mean() {
        ChatRequest request = read("{'model':'m','input':'a','instructions':'Be kind.','temperature':0,'top_p':1,"
                + "'max_output_tokens':32,'reasoning':{'effort':'minimal'},'parallel_tool_calls':false,'stream':true,"
                + "'tools':[{'type':'function','name':'n'}],'metadata':{'task_type':'chat','affected_files':3},"
                + "'safety_identifier':'s-1','text':{'format':{'type':'json_object'}}}");

        assertThat(request.messages()).containsExactly(Message.system("Be kind."), Message.user("a"));
        assertThat(request.sampling().temperature()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(request.sampling().topP()).isEqualByComparingTo(BigDecimal.ONE);
        assertThat(request.maxOutputTokens()).isEqualTo(32);
        assertThat(request.effort()).isEqualTo(Effort.MINIMAL);
        assertThat(request.parallelCalls()).isFalse();
        assertThat(request.stream()).isTrue();
        assertThat(request.metadata()).containsEntry("task_type", "chat").containsEntry("affected_files", "3");
        assertThat(request.user()).isEqualTo("s-1");
        assertThat(request.format()).isEqualTo(new ResponseFormat.Json());
        assertThat(request.tools()).containsExactly(new Tool("n", null, null, null));
        assertThat(request.original().dialect()).isEqualTo("responses");
    }

    @Test
    void items_that_follow_each_other_make_one_turn_of_the_assistant() {
        ChatRequest request = ResponsesFixtures.request(ResponsesFixtures.text("request-tool-loop/request.json"));

        assertThat(request.messages())
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL, Role.TOOL);
        assertThat(request.messages().get(1).parts())
                .containsExactly(
                        new Part.Thinking("Two calls.\n\nThen an answer.", "rs_68a2|gAAAAABo_1==", null, "responses"),
                        new Part.Text("Let me look."),
                        new Part.ToolCall("call_1", "get_weather", "{\"city\":\"Oslo\"}"),
                        new Part.ToolCall("call_2", "get_time", ""));
        assertThat(request.messages().get(2).parts())
                .containsExactly(new Part.ToolResult("call_1", null, List.of(new Part.Text("4 degrees, rain")), false));
        assertThat(((Part.ToolResult) request.messages().get(3).parts().get(0)).content())
                .hasSize(2)
                .element(1)
                .isInstanceOf(Part.Image.class);
    }

    @Test
    void calls_with_their_results_between_stay_two_turns() {
        ChatRequest request = read(item("{'role':'user','content':'a'},"
                + "{'type':'function_call','call_id':'1','name':'n','arguments':'{}'},"
                + "{'type':'function_call_output','call_id':'1','output':'x'},"
                + "{'type':'function_call','call_id':'2','name':'n','arguments':'{}'},"
                + "{'type':'function_call_output','call_id':'2','output':'y'}"));

        assertThat(request.messages())
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL, Role.ASSISTANT, Role.TOOL);
    }

    @Test
    void codex_reads_whole_with_its_free_form_tool_as_a_function_and_hosted_tools_only_in_the_original() {
        ChatRequest request = ResponsesFixtures.request(ResponsesFixtures.text("request-codex/request.json"));

        assertThat(request.tools()).extracting(Tool::name).containsExactly("apply_patch", "get_time");
        Tool patch = request.tools().get(0);
        assertThat(patch.description()).startsWith("Edits files.").contains("lark grammar", "*** Begin Patch");
        assertThat(Json.text(patch.parameters()))
                .startsWith("{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"")
                .endsWith("\"required\":[\"input\"]}");
        assertThat(request.messages())
                .extracting(Message::role)
                .containsExactly(
                        Role.SYSTEM, Role.DEVELOPER, Role.USER, Role.ASSISTANT, Role.TOOL, Role.ASSISTANT, Role.TOOL);
        assertThat(request.messages().get(3).parts())
                .element(1)
                .isEqualTo(new Part.ToolCall("call_sh", "local_shell", "{\"type\":\"exec\",\"command\":[\"ls\"]}"));
        assertThat(request.messages().get(5).parts())
                .containsExactly(
                        new Part.Text("Now I edit."),
                        new Part.ToolCall(
                                "call_p",
                                "apply_patch",
                                "{\"input\":\"*** Begin Patch\\n+\\\"x\\\"\\n*** End Patch\"}"));
        assertThat(request.original().body().path("tools")).hasSize(4);
    }

    static Stream<Arguments> choices() {
        return Stream.of(
                arguments("'auto'", ToolChoice.AUTO, List.of("f", "c")),
                arguments("'none'", ToolChoice.NONE, List.of("f", "c")),
                arguments("'required'", ToolChoice.REQUIRED, List.of("f", "c")),
                arguments("{'type':'function','name':'f'}", ToolChoice.named("f"), List.of("f", "c")),
                arguments("{'type':'custom','name':'c'}", ToolChoice.named("c"), List.of("f", "c")),
                arguments(
                        "{'type':'allowed_tools','mode':'required','tools':[{'type':'custom','name':'c'}]}",
                        ToolChoice.REQUIRED,
                        List.of("c")),
                arguments("{'type':'allowed_tools','mode':'auto','tools':[{'type':'web_search'}]}", null, List.of()),
                arguments("{'type':'web_search'}", null, List.of("f", "c")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("choices")
    void a_tool_choice_means(String choice, ToolChoice meaning, List<String> offered) {
        ChatRequest request = read(with("'tools':[{'type':'function','name':'f'},{'type':'custom','name':'c'},"
                + "{'type':'web_search'}],'tool_choice':" + choice));

        assertThat(request.toolChoice()).isEqualTo(meaning);
        assertThat(request.tools()).extracting(Tool::name).containsExactlyElementsOf(offered);
    }

    @Test
    void trap_25_lone_surrogates_are_replaced_in_the_original_too() {
        ChatRequest request = ResponsesFixtures.request("{\"model\":\"m\",\"input\":\"a\\ud83d\"}");

        assertThat(request.messages()).containsExactly(Message.user("a\uFFFD"));
        assertThat(request.original().body().path("input").asText()).isEqualTo("a\uFFFD");
    }
}
