package io.camelback.protocol.openai.responses.provider;

import static io.camelback.protocol.openai.responses.provider.ResponsesRequestSamples.CALL;
import static io.camelback.protocol.openai.responses.provider.ResponsesRequestSamples.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Message;
import io.camelback.chat.Message.Role;
import io.camelback.chat.Part;
import io.camelback.chat.Part.Media;
import io.camelback.chat.SamplingParameters;
import io.camelback.chat.Tool;
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

/** What the Responses API refuses or cannot carry. */
class ResponsesRefusalsTest {
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
}
