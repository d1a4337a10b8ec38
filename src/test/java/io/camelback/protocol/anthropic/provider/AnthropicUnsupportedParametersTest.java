package io.camelback.protocol.anthropic.provider;

import static io.camelback.testkit.AnthropicFixtures.object;
import static io.camelback.testkit.AnthropicFixtures.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left out, said another way, or makes another provider be asked. */
class AnthropicUnsupportedParametersTest {
    private static final AnthropicProviderCodec DIALECT = new AnthropicProviderCodec();
    private static final Tool NOW = new Tool("now", null, null, true);

    private static ChatRequestBuilder hello() {
        return ChatRequest.builder("auto").message(Message.user("Hello"));
    }

    private static ChatRequestBuilder user(Part part) {
        return ChatRequest.builder("auto").message(new Message(Role.USER, List.of(part)));
    }

    private static SamplingParameters sampling(String temperature, String topP) {
        return new SamplingParameters(
                temperature == null ? null : new BigDecimal(temperature),
                topP == null ? null : new BigDecimal(topP),
                5,
                null,
                null,
                null,
                List.of("END"));
    }

    static Stream<Arguments> settings() {
        ChatRequestBuilder forced = hello().tool(NOW).toolChoice(ToolChoice.REQUIRED);
        return Stream.of(
                Arguments.of(
                        "temperature 0 is not absent",
                        hello().sampling(sampling("0", null)),
                        target(),
                        "{'temperature':0,'top_k':5,'stop_sequences':['END']}"),
                Arguments.of(
                        "top_p alone",
                        hello().sampling(sampling(null, "0.90")),
                        target(),
                        "{'top_p':0.90,'top_k':5,'stop_sequences':['END']}"),
                Arguments.of(
                        "temperature refused makes room for top_p",
                        hello().sampling(sampling("0.5", "0.9")),
                        target(UnsupportedParameter.TEMPERATURE, UnsupportedParameter.TOP_K, UnsupportedParameter.STOP),
                        "{'top_p':0.9}"),
                Arguments.of(
                        "all sampling refused",
                        hello().sampling(sampling("0.5", "0.9")),
                        target(
                                UnsupportedParameter.TEMPERATURE,
                                UnsupportedParameter.TOP_P,
                                UnsupportedParameter.TOP_K,
                                UnsupportedParameter.STOP),
                        "{}"),
                Arguments.of(
                        "thinking takes no sampling but stops",
                        hello().sampling(sampling("0.5", "0.9")).effort(Effort.LOW),
                        target(),
                        "{'stop_sequences':['END'],'thinking':{'type':'adaptive'},'output_config':{'effort':'low'}}"),
                Arguments.of(
                        "only blank stops",
                        hello().sampling(new SamplingParameters(null, null, null, null, null, null, List.of("\n"))),
                        target(),
                        "{}"),
                Arguments.of("effort none", hello().effort(Effort.NONE), target(), "{'thinking':{'type':'disabled'}}"),
                Arguments.of(
                        "effort max",
                        hello().effort(Effort.MAX),
                        target(),
                        "{'thinking':{'type':'adaptive'},'output_config':{'effort':'max'}}"),
                Arguments.of(
                        "effort refused: a budget",
                        hello().sampling(sampling("0.5", null)).effort(Effort.MAX),
                        target(UnsupportedParameter.EFFORT),
                        "{'stop_sequences':['END'],'thinking':{'type':'enabled','budget_tokens':32000}}"),
                Arguments.of(
                        "least effort refused",
                        hello().effort(Effort.MINIMAL),
                        target(UnsupportedParameter.EFFORT),
                        "{'thinking':{'type':'enabled','budget_tokens':1024}}"),
                Arguments.of(
                        "no room for a budget",
                        hello().sampling(sampling("0.5", null))
                                .effort(Effort.HIGH)
                                .maxOutputTokens(1024),
                        target(UnsupportedParameter.EFFORT),
                        "{'temperature':0.5,'top_k':5,'stop_sequences':['END']}"),
                Arguments.of(
                        "a forced call, and no budget",
                        hello().tool(new Tool("now", null, null, null))
                                .toolChoice(ToolChoice.REQUIRED)
                                .effort(Effort.HIGH),
                        target(UnsupportedParameter.EFFORT),
                        """
                        {'tools':[{'name':'now','input_schema':{'type':'object','properties':{}}}],
                        'tool_choice':{'type':'any'}}"""),
                Arguments.of(
                        "a tool loop without its thinking, and no budget",
                        hello().effort(Effort.HIGH)
                                .tool(new Tool("now", null, null, null))
                                .message(Message.assistant(new Part.ToolCall("c", "now", "{}")))
                                .message(Message.toolResult("c", "noon")),
                        target(UnsupportedParameter.EFFORT),
                        "{'tools':[{'name':'now','input_schema':{'type':'object','properties':{}}}]}"),
                Arguments.of(
                        "effort and budgets refused",
                        hello().effort(Effort.MAX),
                        target(UnsupportedParameter.EFFORT, UnsupportedParameter.THINKING_BUDGET),
                        "{}"),
                Arguments.of(
                        "effort none refused", hello().effort(Effort.NONE), target(UnsupportedParameter.EFFORT), "{}"),
                Arguments.of(
                        "effort none of a model that always thinks",
                        hello().effort(Effort.NONE).sampling(sampling("0.5", null)),
                        target(UnsupportedParameter.THINKING_OFF),
                        """
                        {'stop_sequences':['END'],'thinking':{'type':'adaptive'},'output_config':{'effort':'low'}}"""),
                Arguments.of(
                        "a forced call of a model that always thinks",
                        hello().tool(new Tool("now", null, null, null))
                                .toolChoice(ToolChoice.REQUIRED)
                                .effort(Effort.MEDIUM),
                        target(UnsupportedParameter.THINKING_OFF),
                        """
                        {'tools':[{'name':'now','input_schema':{'type':'object','properties':{}}}],'tool_choice':{'type':'any'},
                        'output_config':{'effort':'medium'}}"""),
                Arguments.of("must call", forced, target(), """
                        {'tools':[{'name':'now','input_schema':{'type':'object','properties':{},'additionalProperties':false},
                        'strict':true}],'tool_choice':{'type':'any'}}"""),
                Arguments.of(
                        "strict and forced choice refused",
                        forced,
                        target(UnsupportedParameter.STRICT_TOOLS, UnsupportedParameter.FORCED_TOOL_CHOICE),
                        """
                        {'system':[{'type':'text','text':'You must call at least one of these tools in this answer: now.'}],
                        'tools':[{'name':'now','input_schema':{'type':'object','properties':{}}}],
                        'tool_choice':{'type':'auto'}}"""),
                Arguments.of(
                        "a forced call is kept and thinking given up",
                        hello().tool(new Tool("now", null, null, null))
                                .toolChoice(ToolChoice.REQUIRED)
                                .effort(Effort.MAX),
                        target(),
                        """
                        {'tools':[{'name':'now','input_schema':{'type':'object','properties':{}}}],'tool_choice':{'type':'any'},
                        'thinking':{'type':'disabled'},'output_config':{'effort':'high'}}"""),
                Arguments.of(
                        "parallel calls refused",
                        hello().tool(new Tool("now", null, null, null)).parallelCalls(false),
                        target(UnsupportedParameter.PARALLEL_TOOL_CALLS),
                        "{'tools':[{'name':'now','input_schema':{'type':'object','properties':{}}}]}"),
                Arguments.of(
                        "one call at a time without a choice",
                        hello().tool(new Tool("now", null, null, null)).parallelCalls(false),
                        target(),
                        """
                        {'tools':[{'name':'now','input_schema':{'type':'object','properties':{}}}],
                        'tool_choice':{'type':'auto','disable_parallel_tool_use':true}}"""),
                Arguments.of(
                        "a choice without tools",
                        hello().toolChoice(ToolChoice.REQUIRED).parallelCalls(false),
                        target(),
                        "{}"),
                Arguments.of(
                        "a schema with free keys is asked for in words",
                        hello().format(new ResponseFormat.JsonSchema(
                                "x",
                                null,
                                object("{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}}"),
                                true)),
                        target(),
                        """
                        {'system':[{'type':'text','text':'Answer with one JSON object and nothing else. It must be valid against \
                        this JSON Schema:\\n\
                        {\\'type\\':\\'object\\',\\'additionalProperties\\':{\\'type\\':\\'string\\'}}'}]}"""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void settings(String name, ChatRequestBuilder request, ProviderModel target, String expected) throws Exception {
        ObjectNode written = (ObjectNode) Json.read(Json.bytes(DIALECT.writeRequest(request.build(), target, false)));

        assertThat(written.remove(List.of("model", "max_tokens", "messages")))
                .isEqualTo(object(expected.replace("\\'", "\\\"").replace('\'', '"')));
    }

    @ParameterizedTest(name = "asked {0}, model writes {1}: {2}")
    @CsvSource(
            nullValues = "-",
            value = {"100, 4096, 100", "5000, 4096, 4096", "-, 4096, 4096", "-, 0, 8192", "90000, 0, 90000"})
    void max_tokens_is_always_there_and_never_above_the_models_own(Integer asked, int most, int expected) {
        ProviderModel target = new ProviderModel("claude", most, Set.of(), "anthropic");

        assertThat(DIALECT.writeRequest(hello().maxOutputTokens(asked).build(), target, false)
                        .get("max_tokens")
                        .intValue())
                .isEqualTo(expected);
    }

    static Stream<Arguments> untranslatable() {
        Media.Inline png = new Media.Inline("image/png", "iVBORw0=");
        return Stream.of(
                Arguments.of("n > 1", hello().candidates(2), target()),
                Arguments.of("tools", hello().tool(NOW), target(UnsupportedParameter.TOOLS)),
                Arguments.of(
                        "tools",
                        hello().message(Message.assistant(new Part.ToolCall("c", "now", ""))),
                        target(UnsupportedParameter.TOOLS)),
                Arguments.of("images", user(new Part.Image(png, null)), target(UnsupportedParameter.IMAGES)),
                Arguments.of(
                        "images",
                        user(new Part.ToolResult("gone", null, List.of(new Part.Image(png, null)), false)),
                        target(UnsupportedParameter.IMAGES)),
                Arguments.of(
                        "image of type image/heic",
                        user(new Part.Image(new Media.Inline("image/heic", "AAAA"), null)),
                        target()),
                Arguments.of(
                        "image in an assistant message",
                        hello().message(Message.assistant(new Part.Image(png, null))),
                        target()),
                Arguments.of(
                        "audio input in a user message",
                        user(new Part.Audio(new Media.Inline("audio/wav", "UklGRg=="), "wav")),
                        target()),
                Arguments.of(
                        "document of type application/zip",
                        user(new Part.Document(new Media.Inline("application/zip", "UEs="), "a.zip")),
                        target()),
                Arguments.of(
                        "document that is not base64",
                        user(new Part.Document(new Media.Inline("text/plain", "A"), null)),
                        target()),
                Arguments.of(
                        "file stored at another provider",
                        user(new Part.Document(new Media.FileId("openai", "file-1"), null)),
                        target()),
                Arguments.of(
                        "tool name mcp.files/read",
                        hello().tool(new Tool("mcp.files/read", null, null, null)),
                        target()),
                Arguments.of(
                        "tool name " + "a".repeat(65),
                        hello().tool(new Tool("a".repeat(65), null, null, null)),
                        target()),
                Arguments.of(
                        "tool name mcp.read",
                        hello().message(Message.assistant(new Part.ToolCall("c", "mcp.read", "{}"))),
                        target()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void untranslatable(String feature, ChatRequestBuilder request, ProviderModel target) {
        assertThatThrownBy(() -> DIALECT.writeRequest(request.build(), target, false))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessage(feature);
    }
}
