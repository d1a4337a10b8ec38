package io.camelback.protocol.openai.chat.provider;

import static io.camelback.protocol.openai.chat.provider.OpenAiRequestSamples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.chat.SamplingParameters;
import io.camelback.chat.Tool;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.testkit.OpenAiFixtures;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Chat Completions cannot carry is for another target. */
class OpenAiUntranslatableTest {
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
        ChatRequest tools =
                OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.object("request-tool-results/request.json"));
        ChatRequest image = OpenAiFixtures.CODEC.readRequest(OpenAiFixtures.object("request-image-url/request.json"));
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
}
