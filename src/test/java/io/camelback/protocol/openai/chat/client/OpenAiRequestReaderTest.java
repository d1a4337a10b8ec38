package io.camelback.protocol.openai.chat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.chat.ToolChoice;
import io.camelback.json.Json;
import io.camelback.testkit.OpenAiFixtures;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiRequestReaderTest {
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    static Stream<Arguments> images() {
        String png = "iVBORw0KGgo=";
        return Stream.of(
                arguments(
                        "standard",
                        "{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}",
                        new Media.Inline("image/png", png)),
                arguments("bare string", "\"data:image/png;base64,iVBORw0KGgo=\"", new Media.Inline("image/png", png)),
                arguments(
                        "no media type", "{\"url\":\"data:;base64,iVBORw0KGgo\"}", new Media.Inline("image/png", png)),
                arguments(
                        "parameters and line breaks",
                        "{\"url\":\"data:image/PNG;charset=utf-8;base64,iVBO\\nRw0K Ggo\"}",
                        new Media.Inline("image/png", png)),
                arguments(
                        "image/jpg, URL-safe",
                        "{\"url\":\"DATA:image/jpg;base64,_9j_\"}",
                        new Media.Inline("image/jpeg", "/9j/")),
                arguments(
                        "percent-encoded",
                        "{\"url\":\"data:image/svg+xml,%3Csvg+/%3E\"}",
                        new Media.Inline("image/svg+xml", "PHN2ZysvPg==")),
                arguments(
                        "web", "{\"url\":\"https://example.com/a.png\"}", new Media.Url("https://example.com/a.png")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("images")
    void an_image_is_read_however_its_url_is_spelled(String name, String image, Media media) {
        ChatRequest request = OpenAiFixtures.request("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":"
                + "[{\"type\":\"input_text\",\"text\":\"What?\"},{\"type\":\"image_url\",\"image_url\":" + image
                + "}]}]}");

        assertThat(request.messages().get(0).parts())
                .containsExactly(new Part.Text("What?"), new Part.Image(media, null));
        assertThat(OpenAiFixtures.DIALECT
                        .writeRequest(request, OpenAiFixtures.target("openai"), false)
                        .at("/messages/0/content/0/type")
                        .asText())
                .isEqualTo("text");
        assertThat(OpenAiFixtures.DIALECT
                        .writeRequest(request, OpenAiFixtures.target("openai"), false)
                        .at("/messages/0/content/1/image_url/url")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void every_field_is_read() {
        ChatRequest request = OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.object("request-sampling/request.json"));

        assertThat(request.model()).isEqualTo("auto");
        assertThat(request.sampling().temperature()).isEqualTo(BigDecimal.ZERO);
        assertThat(request.sampling().topP()).isEqualTo(new BigDecimal("0.70"));
        assertThat(request.sampling().seed()).isEqualTo(9007199254740993L);
        assertThat(request.sampling().presencePenalty()).isEqualTo(new BigDecimal("-1.0"));
        assertThat(request.sampling().frequencyPenalty()).isEqualTo(new BigDecimal("0.50"));
        assertThat(request.sampling().stop()).containsExactly("END", "\n\n");
        assertThat(request.maxOutputTokens()).isEqualTo(256);
        assertThat(request.candidates()).isEqualTo(2);
        assertThat(request.effort()).isEqualTo(ChatRequest.Effort.HIGH);
        assertThat(request.user()).isEqualTo("u-1");
        assertThat(request.stream()).isFalse();
    }

    @Test
    void stream_usage_single_stop_and_labels_of_any_scalar_are_read() {
        ChatRequest request = OpenAiFixtures.request("{\"model\":\"m\"," + HI + ",\"stream\":true,\"stream_options\":"
                + "{\"include_usage\":true},\"stop\":\"END\",\"max_tokens\":16.0,\"temperature\":null,"
                + "\"metadata\":{\"task_type\":\"review\",\"affected_files\":12,\"urgent\":true,\"none\":null}}");

        assertThat(request.stream()).isTrue();
        assertThat(request.streamUsage()).isTrue();
        assertThat(request.sampling().stop()).containsExactly("END");
        assertThat(request.sampling().temperature()).isNull();
        assertThat(request.maxOutputTokens()).isEqualTo(16);
        assertThat(request.metadata())
                .containsOnly(
                        Map.entry("task_type", "review"),
                        Map.entry("affected_files", "12"),
                        Map.entry("urgent", "true"));
    }

    @Test
    void tools_of_other_types_stay_in_the_original_only() {
        ChatRequest request =
                OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.object("request-tool-results/request.json"));

        assertThat(request.tools()).extracting("name").containsExactly("get_weather");
        assertThat(request.original().body().path("tools")).hasSize(2);
        Part.ToolCall call = (Part.ToolCall) request.messages().get(1).parts().get(0);
        assertThat(call.signature()).isEqualTo("CgQ=");
        assertThat(call.arguments()).isEqualTo("{\"city\": \"Oslo\"}");
    }

    static Stream<Arguments> choices() {
        return Stream.of(
                arguments("\"none\"", ToolChoice.NONE),
                arguments("\"required\"", ToolChoice.REQUIRED),
                arguments("{\"type\":\"function\",\"function\":{\"name\":\"f\"}}", ToolChoice.named("f")),
                arguments(
                        "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\",\"tools\":[]}}",
                        ToolChoice.REQUIRED),
                arguments(
                        "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[]}}",
                        ToolChoice.AUTO));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("choices")
    void a_tool_choice_is_read(String choice, ToolChoice expected) {
        ChatRequest request = OpenAiFixtures.request("{\"model\":\"m\"," + HI
                + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":" + choice + "}");

        assertThat(request.toolChoice()).isEqualTo(expected);
    }

    @Test
    void legacy_functions_become_tools() {
        ChatRequest request =
                OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.object("request-legacy-functions/request.json"));

        assertThat(request.tools()).extracting("name").containsExactly("get_weather");
        assertThat(request.toolChoice()).isEqualTo(ToolChoice.AUTO);
        assertThat(request.messages().get(1).parts())
                .containsExactly(new Part.ToolCall("call_function_0", "get_weather", "{}"));
        assertThat(request.messages().get(2))
                .isEqualTo(new Message(
                        Message.Role.TOOL,
                        List.of(new Part.ToolResult(
                                "call_function_0", "get_weather", List.of(new Part.Text("sunny")), false))));
    }

    @Test
    void thinking_comes_back_with_its_signature() {
        ChatRequest request = OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.object("request-thinking/request.json"));

        assertThat(request.messages().get(1).parts())
                .startsWith(
                        new Part.Thinking("I need the tool.", "EqQB", null, "anthropic"),
                        new Part.Thinking("", null, "b64==", "anthropic"),
                        new Part.Text("One moment."));
    }

    @Test
    void plain_reasoning_comes_back_without_origin() {
        ChatRequest request =
                OpenAiFixtures.request("{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"content\":\"a\","
                        + "\"reasoning_content\":\"r\"}]}");

        assertThat(request.messages().get(0).parts())
                .containsExactly(new Part.Thinking("r", null, null, null), new Part.Text("a"));
    }

    @Test
    void half_characters_are_replaced_before_anyone_counts_or_sends_them() {
        ChatRequest request = OpenAiFixtures.request("{\"model\":\"m\",\"messages\":[{\"role\":\"user\","
                + "\"content\":\"a\\ud83d b\\ude00 \\ud83d\\ude00\"}],\"x\":[\"\\udc00\"]}");

        assertThat(request.messages().get(0).text("")).isEqualTo("a\uFFFD b\uFFFD \ud83d\ude00");
        String sent = new String(
                Json.bytes(OpenAiFixtures.DIALECT.writeRequest(request, OpenAiFixtures.target("openai"), false)),
                StandardCharsets.UTF_8);
        assertThat(OpenAiFixtures.json(sent).at("/messages/0/content").textValue())
                .isEqualTo("a\uFFFD b\uFFFD \ud83d\ude00");
        assertThat(sent).contains("\"x\":[\"\uFFFD\"]");
    }
}
