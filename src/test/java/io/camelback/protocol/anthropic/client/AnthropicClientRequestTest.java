package io.camelback.protocol.anthropic.client;

import static io.camelback.protocol.anthropic.client.AnthropicRequestBodies.message;
import static io.camelback.protocol.anthropic.client.AnthropicRequestBodies.with;
import static io.camelback.testkit.AnthropicClientFixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.ToolChoice;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import io.camelback.testkit.AnthropicClientFixtures;
import io.camelback.testkit.AnthropicFixtures;
import io.camelback.testkit.WireFixtures;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnthropicClientRequestTest {
    private static final List<String> CASES = List.of(
            "text",
            "multi-turn",
            "claude-code",
            "tool-loop",
            "tool-results",
            "media",
            "json-schema",
            "old-format",
            "thinking",
            "foreign-thinking",
            "server-tools",
            "sampling",
            "late-system");

    static Stream<String> cases() {
        return CASES.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_request_translates_to(String name) {
        ChatRequest request = request(AnthropicFixtures.text("endpoint-" + name + "/request.json"));

        ObjectNode written = AnthropicClientFixtures.DIALECT.writeRequest(
                request.withoutOriginal(), AnthropicFixtures.target(), false);

        assertThat(WireFixtures.pretty(written))
                .isEqualTo(AnthropicFixtures.text("endpoint-" + name + "/translated.json"));
    }

    /** What has no neutral form is lost on the first way; nothing more is on any later one. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void the_neutral_form_survives_the_way_through_its_own_dialect(String name) {
        ObjectNode once = AnthropicFixtures.json("endpoint-" + name + "/translated.json");

        ObjectNode twice = AnthropicClientFixtures.DIALECT.writeRequest(
                AnthropicClientFixtures.CODEC.readRequest(once).withoutOriginal(), AnthropicFixtures.target(), false);

        assertThat(Json.text(twice)).isEqualTo(Json.text(once));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void trap_48_a_request_passes_through_byte_by_byte_with_only_our_fields_replaced(String name) {
        String sent =
                AnthropicFixtures.text("endpoint-" + name + "/request.json").trim();
        ChatRequest request = request(sent);

        boolean stream = sent.contains("\"stream\":true");
        String passed =
                Json.text(AnthropicClientFixtures.DIALECT.writeRequest(request, AnthropicFixtures.target(), stream));

        String expected = sent.replaceFirst("\"model\":\"[a-z]+\"", "\"model\":\"claude-haiku-4-5\"")
                .replace(",\"task_type\":\"chat\",\"affected_files\":3", "")
                .replaceFirst("\\{\"type\":\"thinking\",\"thinking\":\"Hm.*\"cb1:call:Q2dDQUxM\"},", "");
        assertThat(passed).isEqualTo(expected);
        assertThat(Json.text(request.original().body()))
                .as("the original is untouched")
                .isEqualTo(sent);
    }

    @Test
    void trap_06_results_in_several_turns_stay_results_and_trap_05_come_before_the_text() {
        List<Message> messages = request(AnthropicFixtures.text("endpoint-tool-loop/request.json"))
                .messages();

        assertThat(messages)
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL, Role.TOOL, Role.USER);
        assertThat(messages.get(3).parts())
                .containsExactly(new Part.ToolResult("toolu_01A", null, List.of(new Part.Text("no such city")), true));
        assertThat(messages.get(4)).isEqualTo(Message.user("Go on."));
    }

    @Test
    void trap_46_numbers_in_a_call_stay_exact() {
        Part call = request(AnthropicFixtures.text("endpoint-tool-loop/request.json"))
                .messages()
                .get(1)
                .parts()
                .get(1);

        assertThat(call)
                .isEqualTo(new Part.ToolCall(
                        "toolu_01A", "get_weather", "{\"city\":\"Oslo\",\"big\":12345678901234567890,\"f\":1.0}"));
    }

    @Test
    void trap_17_zero_is_said_and_the_rest_is_not() {
        ChatRequest request = request(AnthropicFixtures.text("endpoint-sampling/request.json"));

        assertThat(request.sampling().temperature()).isZero();
        assertThat(request.sampling().topP()).isNull();
        assertThat(request.sampling().topK()).isEqualTo(40);
        assertThat(request.sampling().stop()).containsExactly("END", "\n\n");
        assertThat(request.stream()).isFalse();
        assertThat(request.parallelCalls()).isNull();
        assertThat(request.maxOutputTokens()).isEqualTo(1);
        assertThat(request.user()).isEqualTo("u-1");
        assertThat(request.metadata()).isEqualTo(Map.of("task_type", "chat", "affected_files", "3"));
    }

    @Test
    void server_tools_stay_in_the_original() {
        ChatRequest request = request(AnthropicFixtures.text("endpoint-server-tools/request.json"));

        assertThat(request.tools()).extracting(tool -> tool.name()).containsExactly("get_weather");
        assertThat(request.toolChoice())
                .as("forces a tool that others do not have")
                .isNull();
        assertThat(request.messages().get(0)).isEqualTo(Message.user("How many humps?"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'auto'}|AUTO|",
                "{'type':'any','disable_parallel_tool_use':true}|REQUIRED|false",
                "{'type':'none'}|NONE|",
                "{'type':'tool','name':'f','disable_parallel_tool_use':false}|NAMED|true"
            })
    void tool_choice(String choice, ToolChoice.Mode mode, Boolean parallel) {
        ChatRequest request =
                request(with("'tools':[{'name':'f','input_schema':{'type':'object'}}],'tool_choice':" + choice)
                        .replace('\'', '"'));

        assertThat(request.toolChoice().mode()).isEqualTo(mode);
        assertThat(request.parallelCalls()).isEqualTo(parallel);
    }

    @Test
    void claude_codes_changing_first_line_is_for_anthropic_only() {
        String line = "x-anthropic-billing-header: cc_version=2.1.328; cch=1;";

        assertThat(request(with("'system':'" + line + "\\nYou are Claude Code.'")
                                .replace('\'', '"'))
                        .messages()
                        .get(0))
                .isEqualTo(Message.system("You are Claude Code."));
        assertThat(request(with("'system':[{'type':'text','text':'" + line + "'}]")
                                .replace('\'', '"'))
                        .messages())
                .extracting(Message::role)
                .containsExactly(Role.USER);
        assertThat(request(with("'system':'See x-anthropic-billing-header: 1'").replace('\'', '"'))
                        .messages()
                        .get(0))
                .isEqualTo(Message.system("See x-anthropic-billing-header: 1"));
    }

    @Test
    void a_long_user_id_is_shortened_for_openai_always_the_same_way() {
        ProviderModel openai = new ProviderModel("gpt", 0, Set.of(), "openai");
        ChatRequest request = request(
                with("'metadata':{'user_id':'user_" + "0".repeat(64) + "'}").replace('\'', '"'));

        String user = new OpenAiChatProviderCodec()
                .writeRequest(request, openai, false)
                .path("user")
                .asText();

        assertThat(user).hasSize(32);
        assertThat(new OpenAiChatProviderCodec()
                        .writeRequest(request, openai, true)
                        .path("user")
                        .asText())
                .isEqualTo(user);
        assertThat(new OpenAiChatProviderCodec()
                        .writeRequest(
                                request(with("'metadata':{'user_id':'u-1'}").replace('\'', '"')), openai, false)
                        .path("user")
                        .asText())
                .isEqualTo("u-1");
    }

    @Test
    void files_keep_their_owner_and_formats_their_schema() {
        assertThat(request(AnthropicFixtures.text("endpoint-media/request.json"))
                        .messages()
                        .get(0)
                        .parts())
                .contains(new Part.Image(new Media.FileId("anthropic", "file_011"), null))
                .contains(new Part.Document(new Media.Inline("text/plain", "WnfDtmxmIEthbWVsZQ=="), "c.txt"));
        assertThat(request(AnthropicFixtures.text("endpoint-old-format/request.json"))
                        .format())
                .isInstanceOfSatisfying(
                        ResponseFormat.JsonSchema.class,
                        format -> assertThat(
                                        format.schema().path("required").path(0).asText())
                                .isEqualTo("humps"));
    }

    @Test
    void trap_25_lone_surrogates_are_replaced_in_the_original_too() {
        ChatRequest request =
                request(message("{'role':'user','content':'a\\ud83d'}").replace('\'', '"'));

        assertThat(request.messages().get(0).text("")).isEqualTo("a\uFFFD");
        assertThat(Json.text(request.original().body())).contains("a\uFFFD");
    }
}
