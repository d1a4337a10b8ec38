package io.camelback.protocol.gemini.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.SamplingParameters;
import io.camelback.chat.Tool;
import io.camelback.json.Json;
import io.camelback.protocol.ProviderModel;
import io.camelback.protocol.UnsupportedFeatureException;
import io.camelback.protocol.UnsupportedParameter;
import io.camelback.testkit.GeminiFixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GeminiRequestWriterTest {
    private static final ProviderModel FLASH = new ProviderModel("gemini-2.5-flash", 0, Set.of(), "gemini");
    private final GeminiProviderCodec dialect = new GeminiProviderCodec();

    @ParameterizedTest(name = "{0}")
    @EnumSource(GeminiRequestCases.class)
    void writes_the_recorded_body(GeminiRequestCases given) {
        ObjectNode body = dialect.writeRequest(given.request(), given.target(), false);

        assertThat(GeminiFixtures.pretty(body))
                .isEqualTo(GeminiFixtures.json(given.fixture()).toPrettyString());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(GeminiRequestCases.class)
    void writes_the_same_again_streaming_or_not_and_leaves_the_request_as_it_was(GeminiRequestCases given) {
        ChatRequest request = given.request();
        String before = snapshot(request);
        String first = Json.text(dialect.writeRequest(request, given.target(), true));

        assertThat(Json.text(dialect.writeRequest(request, given.target(), false)))
                .isEqualTo(first);
        assertThat(snapshot(request)).isEqualTo(before);
    }

    @Test
    void shares_no_node_with_the_request() {
        ObjectNode schema = GeminiFixtures.parse("""
                {"type":["object","null"],"properties":{"a":{"enum":["x"]}},"required":["a"]}""");
        ChatRequest request = hello().tool(new Tool("t", null, schema, null)).build();
        ObjectNode written = (ObjectNode)
                dialect.writeRequest(request, FLASH, false).at("/tools/0/functionDeclarations/0/parametersJsonSchema");
        String before = Json.text(schema);

        written.withArray("type").add("x");
        written.withArray("required").add("x");
        written.withObject("/properties/a").withArray("enum").add("x");

        assertThat(Json.text(schema)).isEqualTo(before);
    }

    static Stream<Arguments> untranslatable() {
        return Stream.of(
                Arguments.of("n > 1", hello().candidates(2), FLASH),
                Arguments.of(
                        "tools", hello().tool(new Tool("t", null, null, null)), refusing(UnsupportedParameter.TOOLS)),
                Arguments.of(
                        "images",
                        image(new Part.Media.Inline("image/png", "iVBO")),
                        refusing(UnsupportedParameter.IMAGES)),
                Arguments.of("images", resultImage(), refusing(UnsupportedParameter.IMAGES)),
                Arguments.of(
                        "image stored at another provider", image(new Part.Media.FileId("anthropic", "file_1")), FLASH),
                Arguments.of(
                        "image URL that is not https", image(new Part.Media.Url("http://example.com/a.png")), FLASH),
                Arguments.of(
                        "audio stored at another provider",
                        user(new Part.Audio(new Part.Media.FileId("openai", "f"), "wav")),
                        FLASH),
                Arguments.of("tool name 1st", hello().tool(new Tool("1st", null, null, null)), FLASH),
                Arguments.of("tool name a/b", hello().tool(new Tool("a/b", null, null, null)), FLASH),
                Arguments.of(
                        "tool name a b",
                        user(new Part.Text("x")).message(Message.assistant(new Part.ToolCall("1", "a b", "{}"))),
                        FLASH),
                Arguments.of(
                        "tool name " + "x".repeat(129),
                        hello().tool(new Tool("x".repeat(129), null, null, null)),
                        FLASH),
                Arguments.of(
                        "more than 5 stop sequences",
                        hello().sampling(new SamplingParameters(
                                null, null, null, null, null, null, List.of("1", "2", "3", "4", "5", "6"))),
                        FLASH),
                Arguments.of(
                        "system messages with more than text",
                        ChatRequest.builder("auto")
                                .message(new Message(
                                        Message.Role.SYSTEM,
                                        List.of(new Part.Image(new Part.Media.Url("https://e.com/a"), null)))),
                        FLASH));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("untranslatable")
    void refuses_what_gemini_cannot_carry(String feature, ChatRequestBuilder request, ProviderModel target) {
        assertThatThrownBy(() -> dialect.writeRequest(request.build(), target, false))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessage(feature);
    }

    static Stream<Arguments> signedModels() {
        return Stream.of(
                Arguments.of("gemini-3-flash-preview", true),
                Arguments.of("models/gemini-4-pro", true),
                Arguments.of("gemini-flash-latest", true),
                Arguments.of("gemini-2.5-pro", false),
                Arguments.of("gemini-2.0-flash", false),
                Arguments.of("gemma-3-27b-it", false),
                Arguments.of("my-tuned-model", false));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("signedModels")
    void stands_in_for_missing_signatures_from_generation_3_on(String model, boolean signed) {
        ChatRequest request = user(new Part.Text("go"))
                .message(Message.assistant(new Part.ToolCall("1", "t", "{}")))
                .build();
        ObjectNode body = dialect.writeRequest(request, new ProviderModel(model, 0, Set.of(), "gemini"), false);

        assertThat(body.at("/contents/1/parts/0").has("thoughtSignature")).isEqualTo(signed);
    }

    @Test
    void signs_every_step_since_the_last_turn_that_is_only_the_users() {
        ChatRequest request = user(new Part.Text("go"))
                .message(Message.assistant(new Part.ToolCall("1", "t", "{}")))
                .message(Message.toolResult("1", "r"))
                .message(Message.user("and?"))
                .message(Message.assistant(new Part.ToolCall("2", "t", "{}")))
                .message(Message.toolResult("2", "r"))
                .build();
        ObjectNode body =
                dialect.writeRequest(request, new ProviderModel("gemini-3-pro", 0, Set.of(), "gemini"), false);

        assertThat(body.findValuesAsText("thoughtSignature")).hasSize(2).containsOnly(GeminiContents.NO_SIGNATURE);
    }

    static Stream<Arguments> seeds() {
        return Stream.of(
                Arguments.of(0L, 0),
                Arguments.of(-7L, -7),
                Arguments.of((long) Integer.MAX_VALUE, Integer.MAX_VALUE),
                Arguments.of(1L << 31, 0),
                Arguments.of((1L << 31) + 5, 5),
                Arguments.of(Long.MIN_VALUE, 0));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @MethodSource("seeds")
    void folds_a_seed_into_int32(long seed, int sent) {
        ChatRequest request = hello().sampling(new SamplingParameters(null, null, null, seed, null, null, null))
                .build();

        assertThat(dialect.writeRequest(request, FLASH, false)
                        .at("/generationConfig/seed")
                        .intValue())
                .isEqualTo(sent);
    }

    @Test
    void sends_no_penalties_to_2_5_which_refuses_them() {
        ChatRequest request = GeminiRequestCases.SAMPLING.request();
        ObjectNode config =
                (ObjectNode) dialect.writeRequest(request, FLASH, false).get("generationConfig");

        assertThat(config.fieldNames())
                .toIterable()
                .containsExactly("maxOutputTokens", "temperature", "topP", "topK", "seed", "stopSequences");
    }

    private static String snapshot(ChatRequest request) {
        List<String> schemas = new ArrayList<>();
        request.tools().forEach(tool -> schemas.add(tool.parameters() == null ? "" : Json.text(tool.parameters())));
        if (request.format() instanceof ResponseFormat.JsonSchema format) {
            schemas.add(Json.text(format.schema()));
        }
        return request + String.join("\n", schemas);
    }

    private static ProviderModel refusing(UnsupportedParameter refusal) {
        return new ProviderModel("gemini-2.5-flash", 0, Set.of(refusal), "gemini");
    }

    private static ChatRequestBuilder hello() {
        return user(new Part.Text("Hi"));
    }

    private static ChatRequestBuilder user(Part part) {
        return ChatRequest.builder("auto").message(new Message(Message.Role.USER, List.of(part)));
    }

    private static ChatRequestBuilder image(Part.Media media) {
        return user(new Part.Image(media, null));
    }

    private static ChatRequestBuilder resultImage() {
        Part image = new Part.Image(new Part.Media.Inline("image/png", "iVBO"), null);
        return hello().message(Message.assistant(new Part.ToolCall("1", "t", "{}")))
                .message(
                        new Message(Message.Role.TOOL, List.of(new Part.ToolResult("1", null, List.of(image), false))));
    }
}
