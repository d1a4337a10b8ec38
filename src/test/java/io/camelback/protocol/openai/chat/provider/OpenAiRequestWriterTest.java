package io.camelback.protocol.openai.chat.provider;

import static io.camelback.protocol.openai.chat.provider.OpenAiRequestSamples.ASK_JSON;
import static io.camelback.protocol.openai.chat.provider.OpenAiRequestSamples.TOOL;
import static io.camelback.protocol.openai.chat.provider.OpenAiRequestSamples.USER;
import static io.camelback.protocol.openai.chat.provider.OpenAiRequestSamples.messages;
import static io.camelback.protocol.openai.chat.provider.OpenAiRequestSamples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.chat.ResponseFormat;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.StableId;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.testkit.OpenAiFixtures;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiRequestWriterTest {
    static Stream<Arguments> streaming() {
        String given = ",\"stream\":true,\"stream_options\":{\"include_usage\":false,\"include_obfuscation\":false}";
        return Stream.of(
                arguments("asked to stream", "", true, ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"),
                arguments(
                        "other options stay",
                        given,
                        true,
                        ",\"stream\":true,\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false}"),
                arguments("not streaming", given, false, ",\"stream\":false"),
                arguments("never spoken of", "", false, ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streaming")
    void streaming_is_ours_to_decide(String name, String fields, boolean stream, String expected) {
        ChatRequest request = OpenAiFixtures.request("{\"model\":\"auto\"," + messages(USER) + fields + "}");

        assertThat(Json.text(OpenAiFixtures.DIALECT.writeRequest(request, OpenAiFixtures.target("openai"), stream)))
                .isEqualTo("{\"model\":\"real-model\"," + messages(USER) + expected + "}");
        assertThat(OpenAiFixtures.DIALECT
                        .writeRequest(
                                request, OpenAiFixtures.target("openai", UnsupportedParameter.STREAM_OPTIONS), stream)
                        .has("stream_options"))
                .isFalse();
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                arguments("within", "\"max_tokens\":100", "openrouter", "\"max_tokens\":100"),
                arguments("clamped", "\"max_tokens\":5000", "openrouter", "\"max_tokens\":1000"),
                arguments(
                        "never both, elsewhere",
                        "\"max_tokens\":5,\"max_completion_tokens\":7",
                        "groq",
                        "\"max_tokens\":7"),
                arguments(
                        "never both, OpenAI",
                        "\"max_tokens\":5,\"max_completion_tokens\":7",
                        "openai",
                        "\"max_completion_tokens\":7"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("limits")
    void the_limit_is_said_once_and_never_beyond_the_model(
            String name, String given, String provider, String expected) {
        ChatRequest request = OpenAiFixtures.request("{\"model\":\"auto\"," + given + "," + messages(USER) + "}");

        assertThat(Json.text(OpenAiFixtures.DIALECT.writeRequest(
                        request, new ProviderModel("m", 1000, Set.of(), provider), false)))
                .isEqualTo("{\"model\":\"m\"," + expected + "," + messages(USER) + "}");
    }

    @Test
    void a_translated_limit_is_named_as_the_provider_names_it() {
        ChatRequest request = ChatRequest.builder("m")
                .message(Message.user("Hi"))
                .maxOutputTokens(10)
                .build();

        assertThat(write(request, "openai").has("max_completion_tokens")).isTrue();
        assertThat(write(request, "openai").has("max_tokens")).isFalse();
        assertThat(write(request, "groq").path("max_tokens").intValue()).isEqualTo(10);
        assertThat(write(ChatRequest.of("m", "Hi"), "groq").has("max_tokens")).isFalse();
    }

    @Test
    void hints_stay_with_those_who_understand_them() {
        ChatRequest request = OpenAiFixtures.request("{\"model\":\"auto\"," + messages(USER) + ",\"store\":true,"
                + "\"metadata\":{\"affected_files\":12,\"task_type\":\"review\",\"team\":\"a\",\"build\":7}}");

        assertThat(write(request, "groq").has("metadata")
                        || write(request, "groq").has("store"))
                .isFalse();
        assertThat(write(request, "openai").path("store").booleanValue()).isTrue();
        assertThat(Json.text(write(request, "openai").path("metadata"))).isEqualTo("{\"team\":\"a\",\"build\":\"7\"}");
    }

    @Test
    void what_other_servers_said_of_their_thinking_is_kept_from_those_who_refuse_it() {
        ChatRequest request = OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.object("request-thinking/request.json"));

        assertThat(write(request, "openrouter").at("/messages/1").has("reasoning_content"))
                .isTrue();
        assertThat(write(request, "openai").at("/messages/1").has("reasoning_content"))
                .isFalse();
        assertThat(write(request, "openai").at("/messages/1").has("thinking_blocks"))
                .isFalse();
        assertThat(write(request.withoutOriginal(), "openrouter")
                        .at("/messages/1")
                        .has("reasoning_content"))
                .isFalse();
        assertThat(write(request.withoutOriginal(), "deepseek")
                        .at("/messages/1/reasoning_content")
                        .asText())
                .isEqualTo("I need the tool.");
    }

    @Test
    void deepseek_gets_empty_reasoning_for_turns_that_others_answered() {
        ChatRequest request =
                OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.object("request-tool-results/request.json"));

        assertThat(write(request, "deepseek")
                        .at("/messages/1/reasoning_content")
                        .asText("absent"))
                .isEmpty();
        assertThat(write(request, "deepseek").at("/messages/0").has("reasoning_content"))
                .isFalse();
    }

    @Test
    void signatures_of_calls_are_passed_through_but_never_translated() {
        ChatRequest request =
                OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.object("request-tool-results/request.json"));

        assertThat(write(request, "google")
                        .at("/messages/1/tool_calls/0/extra_content/google/thought_signature")
                        .asText())
                .isEqualTo("CgQ=");
        assertThat(write(request, "openai").at("/messages/1/tool_calls/0").has("extra_content"))
                .isFalse();
        assertThat(write(request.withoutOriginal(), "google")
                        .at("/messages/1/tool_calls/0")
                        .has("extra_content"))
                .isFalse();
    }

    @Test
    void mistral_gets_ids_of_nine_characters_and_its_own_names() {
        ChatRequest passed =
                OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.object("request-tool-results/request.json"));
        ChatRequest sampled = OpenAiFixtures.request("{\"model\":\"auto\"," + messages(USER)
                + ",\"seed\":3,\"user\":\"u\"," + "\"tools\":[" + TOOL + "],\"tool_choice\":\"required\"}");

        for (ChatRequest request : List.of(passed, passed.withoutOriginal())) {
            ObjectNode body = write(request, "mistral");
            String first = body.at("/messages/1/tool_calls/0/id").asText();
            assertThat(first)
                    .matches("[a-zA-Z0-9]{9}")
                    .isNotEqualTo(body.at("/messages/1/tool_calls/1/id").asText());
            assertThat(body.at("/messages/2/tool_call_id").asText()).isEqualTo(first);
            assertThat(write(request, "mistral")).isEqualTo(body);
        }
        assertThat(write(passed.withoutOriginal(), "mistral")
                        .at("/messages/2/name")
                        .asText())
                .isEqualTo("get_weather");
        assertThat(StableId.mistral("Ab3dE6gH9")).isEqualTo("Ab3dE6gH9");
        assertThat(Json.text(write(sampled, "mistral")))
                .isEqualTo("{\"model\":\"real-model\"," + messages(USER) + ",\"tools\":[" + TOOL
                        + "],\"tool_choice\":\"any\",\"random_seed\":3}");
    }

    @Test
    void every_call_is_answered_once_and_at_once() {
        ChatRequest request = ChatRequest.builder("m")
                .message(Message.toolResult("call_0", "from before"))
                .message(Message.assistant(
                        new Part.ToolCall("call_1", "f", ""),
                        new Part.ToolCall("call_2", "g", "{}"),
                        new Part.ToolCall("call_3", "h", "{}")))
                .message(Message.toolResult("call_3", "old"))
                .message(Message.user("And?"))
                .message(Message.toolResult("call_3", "three"))
                .message(new Message(
                        Role.TOOL, List.of(new Part.ToolResult("call_1", null, List.of(new Part.Text("one")), true))))
                .build();

        assertThat(Json.text(write(request, "openai").path("messages")))
                .isEqualTo("[{\"role\":\"user\",\"content\":\"Result of an earlier tool call:\\n\\nfrom before\"},"
                        + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                        + "{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
                        + "{\"id\":\"call_2\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}},"
                        + "{\"id\":\"call_3\",\"type\":\"function\",\"function\":{\"name\":\"h\",\"arguments\":\"{}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"Error: one\"},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"call_2\",\"content\":\"(no result)\"},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"call_3\",\"content\":\"three\"},"
                        + "{\"role\":\"user\",\"content\":\"And?\"}]");
    }

    @Test
    void an_unanswered_call_is_passed_through_as_it_is() {
        String messages = "\"messages\":[{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"a\","
                + "\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}," + USER + "]";

        assertThat(Json.text(write(OpenAiFixtures.request("{\"model\":\"auto\"," + messages + "}"), "openai")))
                .isEqualTo("{\"model\":\"real-model\"," + messages + "}");
    }

    @Test
    void images_of_tool_results_follow_the_last_result_of_their_turn() {
        Part image = new Part.Image(new Media.Inline("image/png", "iVBORw0KGgo="), null);
        ChatRequest request = ChatRequest.builder("m")
                .message(Message.assistant(new Part.ToolCall("a", "shot", "{}"), new Part.ToolCall("b", "shot", "{}")))
                .message(new Message(
                        Role.TOOL,
                        List.of(
                                new Part.ToolResult("a", null, List.of(new Part.Text("done"), image), false),
                                new Part.ToolResult("b", null, List.of(new Part.Text("none")), false))))
                .message(Message.user("Describe it."))
                .build();

        ObjectNode body = write(request, "local");

        assertThat(body.path("messages"))
                .extracting(message -> message.path("role").asText())
                .containsExactly("assistant", "tool", "tool", "user");
        assertThat(body.at("/messages/1/content").asText()).isEqualTo("done\n(image: see below)");
        assertThat(body.at("/messages/3/content/1/image_url/url").asText())
                .isEqualTo("data:image/png;base64,iVBORw0KGgo=");
        assertThat(body.at("/messages/3/content/2/text").asText()).isEqualTo("Describe it.");
    }

    @Test
    void json_mode_speaks_of_json_when_nobody_has() {
        ChatRequest silent = ChatRequest.builder("m")
                .message(Message.user("Hi"))
                .format(new ResponseFormat.Json())
                .build();
        ChatRequest said = ChatRequest.builder("m")
                .message(Message.user("As JSON."))
                .format(new ResponseFormat.Json())
                .build();

        assertThat(write(silent, "deepseek").at("/messages/0/content").asText()).isEqualTo(ASK_JSON);
        assertThat(write(said, "deepseek").path("messages")).hasSize(1);
    }

    @Test
    void roles_levels_and_labels_are_said_as_the_provider_knows_them() {
        ChatRequest request = ChatRequest.builder("m")
                .message(new Message(Role.DEVELOPER, List.of(new Part.Text("S"))))
                .message(Message.assistant(new Part.Refusal("No.")))
                .message(Message.user("Hi"))
                .effort(ChatRequest.Effort.MAX)
                .user("u")
                .metadata("team", "a")
                .build();

        assertThat(Json.text(write(request, "openai")))
                .isEqualTo("{\"model\":\"real-model\",\"messages\":["
                        + "{\"role\":\"developer\",\"content\":\"S\"},{\"role\":\"assistant\",\"content\":null,\"refusal\":\"No.\"},"
                        + USER + "],\"reasoning_effort\":\"xhigh\",\"user\":\"u\"}");
        assertThat(Json.text(write(request, "deepseek")))
                .isEqualTo("{\"model\":\"real-model\",\"messages\":["
                        + "{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"assistant\",\"content\":\"No.\"},"
                        + USER + "],\"reasoning_effort\":\"max\"}");
        assertThat(write(request, "groq").path("reasoning_effort").asText()).isEqualTo("high");
    }

    @Test
    void a_text_file_is_written_into_the_conversation() {
        ChatRequest request = user(new Part.Document(new Media.Inline("text/plain", "SGVsbG8="), "a.txt"));

        assertThat(write(request, "local").at("/messages/0/content").asText()).isEqualTo("a.txt:\nHello");
    }

    private static ObjectNode write(ChatRequest request, String provider) {
        return OpenAiFixtures.DIALECT.writeRequest(request, OpenAiFixtures.target(provider), false);
    }
}
