package io.camelback.protocol.openai.chat.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.SamplingParameters;
import io.camelback.chat.Tool;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.StableId;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.testkit.OpenAiFixtures;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiRequestWriterTest {
    private static final String USER = "{\"role\":\"user\",\"content\":\"Hi\"}";
    private static final String TOOL = "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}";
    private static final String SCHEMA = "{\"type\":\"object\"}";
    private static final String ASK_JSON =
            "Answer with one JSON object and nothing else: no code fence, no text around it.";

    static Stream<Arguments> refusals() {
        String forced = "You must call the tool f. Do not answer without calling it.";
        String format = "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":"
                + SCHEMA + "}}";
        String schema = ASK_JSON + " It must obey this JSON Schema: {\\\"type\\\":\\\"object\\\"}";
        return Stream.of(
                refused("temperature", "\"temperature\":0", "", UnsupportedParameter.TEMPERATURE),
                refused("top_p", "\"top_p\":1", "", UnsupportedParameter.TOP_P),
                refused("top_k", "\"top_k\":5", "", UnsupportedParameter.TOP_K),
                refused("seed", "\"seed\":5", "", UnsupportedParameter.SEED),
                refused(
                        "penalties",
                        "\"presence_penalty\":1,\"frequency_penalty\":1",
                        "",
                        UnsupportedParameter.PENALTIES),
                refused("stop", "\"stop\":\"x\"", "", UnsupportedParameter.STOP),
                refused("logprobs", "\"logprobs\":false,\"logit_bias\":{\"1\":2}", "", UnsupportedParameter.LOGPROBS),
                refused("effort", "\"reasoning_effort\":\"low\"", "", UnsupportedParameter.EFFORT),
                refused(
                        "max_completion_tokens",
                        "\"max_completion_tokens\":9",
                        "\"max_tokens\":9",
                        UnsupportedParameter.MAX_COMPLETION_TOKENS),
                refused(
                        "max_tokens",
                        "\"max_tokens\":9",
                        "\"max_completion_tokens\":9",
                        UnsupportedParameter.MAX_TOKENS),
                refused(
                        "both names",
                        "\"max_tokens\":9",
                        "",
                        UnsupportedParameter.MAX_TOKENS,
                        UnsupportedParameter.MAX_COMPLETION_TOKENS),
                refused(
                        "parallel",
                        "\"tools\":[" + TOOL + "],\"parallel_tool_calls\":false",
                        "\"tools\":[" + TOOL + "]",
                        UnsupportedParameter.PARALLEL_TOOL_CALLS),
                refused(
                        "strict",
                        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true}}]",
                        "\"tools\":[" + TOOL + "]",
                        UnsupportedParameter.STRICT_TOOLS),
                refused(
                        "tools while reasoning",
                        "\"tools\":[" + TOOL + "],\"reasoning_effort\":\"high\"",
                        "\"tools\":[" + TOOL + "],\"reasoning_effort\":\"none\"",
                        UnsupportedParameter.TOOLS_WITH_EFFORT),
                arguments(
                        "developer",
                        messages("{\"role\":\"developer\",\"content\":\"S\"}", USER),
                        messages("{\"role\":\"system\",\"content\":\"S\"}", USER),
                        Set.of(UnsupportedParameter.DEVELOPER_ROLE)),
                arguments(
                        "name",
                        messages("{\"role\":\"user\",\"content\":\"Hi\",\"name\":\"ada\"}"),
                        messages(USER),
                        Set.of(UnsupportedParameter.MESSAGE_NAME)),
                arguments(
                        "late system",
                        messages(
                                "{\"role\":\"system\",\"content\":\"S\"}",
                                USER,
                                "{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"T\"}]}"),
                        messages(
                                "{\"role\":\"system\",\"content\":\"S\"}",
                                USER,
                                "{\"role\":\"user\",\"content\":\"<system-reminder>\\nT\\n</system-reminder>\"}"),
                        Set.of(UnsupportedParameter.LATE_SYSTEM)),
                arguments(
                        "prefill",
                        messages(USER, "{\"role\":\"assistant\",\"content\":\"Once\"}"),
                        messages(
                                USER,
                                "{\"role\":\"assistant\",\"content\":\"Once\"}",
                                "{\"role\":\"user\",\"content\":\"Go on from exactly where you stopped.\"}"),
                        Set.of(UnsupportedParameter.PREFILL)),
                arguments(
                        "required tool",
                        messages(USER) + ",\"tools\":[" + TOOL + "],\"tool_choice\":\"required\"",
                        messages(
                                        system(
                                                "You must call at least one of the tools. Do not answer without calling one."),
                                        USER)
                                + ",\"tools\":[" + TOOL + "],\"tool_choice\":\"auto\"",
                        Set.of(UnsupportedParameter.FORCED_TOOL_CHOICE)),
                arguments(
                        "named tool, after the system text",
                        messages(system("S"), USER) + ",\"tools\":[" + TOOL
                                + "],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}",
                        messages(system("S\\n\\n" + forced), USER) + ",\"tools\":[" + TOOL
                                + "],\"tool_choice\":\"auto\"",
                        Set.of(UnsupportedParameter.FORCED_TOOL_CHOICE)),
                arguments(
                        "json schema",
                        messages(USER) + "," + format,
                        messages(system(schema), USER) + ",\"response_format\":{\"type\":\"json_object\"}",
                        Set.of(UnsupportedParameter.JSON_SCHEMA)),
                arguments(
                        "json schema and json mode",
                        messages(USER) + "," + format,
                        messages(system(schema), USER),
                        Set.of(UnsupportedParameter.JSON_SCHEMA, UnsupportedParameter.JSON_MODE)),
                arguments(
                        "json mode, after system parts",
                        messages("{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"S\"}]}", USER)
                                + ",\"response_format\":{\"type\":\"json_object\"}",
                        messages(
                                "{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"S\"},"
                                        + "{\"type\":\"text\",\"text\":\"" + ASK_JSON + "\"}]}",
                                USER),
                        Set.of(UnsupportedParameter.JSON_MODE)));
    }

    private static Arguments refused(String name, String field, String becomes, UnsupportedParameter... refusals) {
        return arguments(
                name,
                messages(USER) + "," + field,
                messages(USER) + (becomes.isEmpty() ? "" : "," + becomes),
                Set.of(refusals));
    }

    private static String system(String text) {
        return "{\"role\":\"system\",\"content\":\"" + text + "\"}";
    }

    private static String messages(String... messages) {
        return "\"messages\":[" + String.join(",", messages) + "]";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void what_a_target_refuses_is_left_out_or_said_another_way(
            String name, String fields, String becomes, Set<UnsupportedParameter> refusals) {
        ChatRequest request = OpenAiFixtures.request("{\"model\":\"auto\"," + fields + "}");
        String before = Json.text(request.original().body());

        ObjectNode body =
                OpenAiFixtures.DIALECT.writeRequest(request, new ProviderModel("m", 0, refusals, "groq"), false);

        assertThat(Json.text(body)).isEqualTo("{\"model\":\"m\"," + becomes + "}");
        assertThat(Json.text(request.original().body()))
                .as("the original is untouched")
                .isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(
            value = UnsupportedParameter.class,
            names = {"TOOLS", "IMAGES", "STREAM_OPTIONS"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_plain_request_is_the_same_for_a_target_that_refuses(UnsupportedParameter refusal) {
        ChatRequest request = OpenAiFixtures.request("{\"model\":\"auto\"," + messages(system("S"), USER) + "}");

        assertThat(OpenAiFixtures.DIALECT.writeRequest(request, OpenAiFixtures.target("local", refusal), true))
                .isEqualTo(OpenAiFixtures.DIALECT.writeRequest(request, OpenAiFixtures.target("local"), true));
    }

    static Stream<Arguments> beyond() {
        Part image = new Part.Image(new Media.Url("https://example.com/a.png"), null);
        return Stream.of(
                arguments(
                        "tools",
                        ChatRequest.builder("m")
                                .message(Message.user("Hi"))
                                .tool(new Tool("f", null, null, null))
                                .build(),
                        "tools"),
                arguments("images", user(image), "images"),
                arguments(
                        "an image stored elsewhere",
                        user(new Part.Image(new Media.FileId("anthropic", "file_1"), null)),
                        "stored"),
                arguments(
                        "a file stored elsewhere",
                        user(new Part.Document(new Media.FileId("gemini", "files/1"), "a")),
                        "stored"),
                arguments(
                        "a file stored at OpenAI",
                        user(new Part.Document(new Media.FileId("openai", "file-1"), "a")),
                        "OpenAI"),
                arguments(
                        "a document by URL",
                        user(new Part.Document(new Media.Url("https://example.com/a.pdf"), "a")),
                        "URL"),
                arguments(
                        "audio by URL",
                        user(new Part.Audio(new Media.Url("https://example.com/a.wav"), "wav")),
                        "audio"),
                arguments(
                        "five stops",
                        ChatRequest.builder("m")
                                .message(Message.user("Hi"))
                                .sampling(new SamplingParameters(
                                        null, null, null, null, null, null, List.of("a", "b", "c", "d", "e")))
                                .build(),
                        "stop"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("beyond")
    void what_a_target_cannot_carry_makes_another_one_answer(String name, ChatRequest request, String feature) {
        ProviderModel target = OpenAiFixtures.target("groq", UnsupportedParameter.TOOLS, UnsupportedParameter.IMAGES);

        assertThatThrownBy(() -> OpenAiFixtures.DIALECT.writeRequest(request, target, true))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining(feature);
    }

    @Test
    void passed_through_tools_images_and_files_are_not_sent_where_they_cannot_be_read() {
        ChatRequest tools = OpenAiFixtures.DOOR.readRequest(OpenAiFixtures.object("request-tool-results/request.json"));
        ChatRequest image = OpenAiFixtures.DOOR.readRequest(OpenAiFixtures.object("request-image-url/request.json"));
        ChatRequest file = OpenAiFixtures.request("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":"
                + "[{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}]}]}");

        assertThatThrownBy(() -> OpenAiFixtures.DIALECT.writeRequest(
                        tools, OpenAiFixtures.target("x", UnsupportedParameter.TOOLS), true))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThatThrownBy(() -> OpenAiFixtures.DIALECT.writeRequest(
                        image, OpenAiFixtures.target("x", UnsupportedParameter.IMAGES), true))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThatThrownBy(() -> OpenAiFixtures.DIALECT.writeRequest(file, OpenAiFixtures.target("x"), true))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThat(OpenAiFixtures.DIALECT
                        .writeRequest(file, OpenAiFixtures.target("openai"), true)
                        .at("/messages/0/content/0/file/file_id")
                        .asText())
                .isEqualTo("file-1");
    }

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
        ChatRequest request = OpenAiFixtures.DOOR.readRequest(OpenAiFixtures.object("request-thinking/request.json"));

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
                OpenAiFixtures.DOOR.readRequest(OpenAiFixtures.object("request-tool-results/request.json"));

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
                OpenAiFixtures.DOOR.readRequest(OpenAiFixtures.object("request-tool-results/request.json"));

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
                OpenAiFixtures.DOOR.readRequest(OpenAiFixtures.object("request-tool-results/request.json"));
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

    @Test
    void writing_for_every_refusal_but_one_leaves_the_request_as_it_was() {
        ChatRequest request = OpenAiFixtures.DOOR.readRequest(OpenAiFixtures.object("request-sampling/request.json"));
        Set<UnsupportedParameter> all = EnumSet.complementOf(EnumSet.of(UnsupportedParameter.LOGPROBS));

        ObjectNode body = OpenAiFixtures.DIALECT.writeRequest(request, new ProviderModel("m", 0, all, "local"), true);

        assertThat(Json.text(body))
                .isEqualTo(
                        "{\"model\":\"m\",\"n\":2,\"logprobs\":true,"
                                + "\"top_logprobs\":5,\"user\":\"u-1\",\"messages\":[{\"role\":\"user\",\"content\":\"Go.\"}],\"stream\":true}");
        assertThat(Json.text(request.original().body()) + "\n")
                .isEqualTo(OpenAiFixtures.text("request-sampling/request.json"));
    }

    private static ObjectNode write(ChatRequest request, String provider) {
        return OpenAiFixtures.DIALECT.writeRequest(request, OpenAiFixtures.target(provider), false);
    }

    private static ChatRequest user(Part part) {
        return ChatRequest.builder("m")
                .message(new Message(Role.USER, List.of(part)))
                .build();
    }
}
