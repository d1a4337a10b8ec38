package io.camelback.acceptance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent's loop with OpenAI's own client: a tool is offered, called, and its result answered, whoever answers. */
class OpenAiSdkToolsTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private static final String SAID = "It is 22 degrees in Zürich.";
    private static final SimulatedCompletion CALLS_THE_TOOL = SimulatedCompletion.text(SAID)
            .toolCall("weather", "{\"city\":\"Zürich\",\"days\":3,\"units\":{\"t\":\"C\"}}");
    private static OpenAIClient client;

    @BeforeAll
    static void connect() {
        client = OpenAiSdkTest.client(DRILL, 0);
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    static Stream<Arguments> answering() {
        List<SimulatedFault> faults = List.of(
                SimulatedFault.status(429),
                SimulatedFault.status(500),
                SimulatedFault.status(529),
                SimulatedFault.resetBeforeHeaders());
        return Stream.of(false, true)
                .flatMap(stream -> Stream.concat(
                        Stream.of(Arguments.of("claude-opus", "nothing is wrong", stream, List.of(), null)),
                        Stream.of("gpt", "gemini-pro")
                                .flatMap(answering -> faults.stream()
                                        .map(fault -> Arguments.of(
                                                answering,
                                                before(answering) + " " + fault,
                                                stream,
                                                before(answering),
                                                fault)))));
    }

    private static List<String> before(String answering) {
        return answering.equals("gpt") ? List.of("claude-opus") : List.of("claude-opus", "gpt");
    }

    @ParameterizedTest(name = "{0}, because {1}, streaming {2}")
    @MethodSource("answering")
    void calls_a_tool_and_answers_with_its_result(
            String answering, String why, boolean stream, List<String> down, SimulatedFault fault) throws Exception {
        down.forEach(name -> DRILL.script(name).always(fault));
        DRILL.provider(answering).answer(CALLS_THE_TOOL);
        ChatCompletionCreateParams.Builder request = ChatCompletionCreateParams.builder()
                .model("premium")
                .addSystemMessage("Be brief.")
                .addUserMessage("How warm is it in Zürich?")
                .addTool(weather());

        ChatCompletion calling = OpenAiSdkTest.complete(client, request.build(), stream);

        calling.validate();
        ChatCompletion.Choice choice = calling.choices().get(0);
        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        ChatCompletionMessageFunctionToolCall call =
                choice.message().toolCalls().orElseThrow().get(0).asFunction();
        assertThat(choice.message().toolCalls().orElseThrow()).hasSize(1);
        assertThat(call.id()).isNotBlank();
        assertThat(call.function().name()).isEqualTo("weather");
        assertThat(Json.read(call.function().arguments()))
                .isEqualTo(Json.read("{\"city\":\"Zürich\",\"days\":3,\"units\":{\"t\":\"C\"}}"));

        request.addMessage(choice.message())
                .addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(call.id())
                        .content("{\"degrees\":22}")
                        .build());
        ChatCompletion answer = OpenAiSdkTest.complete(client, request.build(), stream);

        assertThat(answer.choices().get(0).message().content()).contains(SAID);
        assertThat(answer.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(DRILL.asked(answering)).isEqualTo(2);
        assertResultFollowsItsCall(answering);
    }

    /** The provider was shown its own call and then the result, joined by one id, in its dialect. */
    private static void assertResultFollowsItsCall(String answering) {
        List<RecordedRequest> all = DRILL.provider(answering).received();
        JsonNode asked = all.get(all.size() - 1).json();
        switch (answering) {
            case "claude-opus" -> {
                JsonNode call = asked.at("/messages/1/content/0");
                JsonNode result = asked.at("/messages/2/content/0");
                assertThat(call.path("type").asText()).isEqualTo("tool_use");
                assertThat(call.at("/input/city").asText()).isEqualTo("Zürich");
                assertThat(result.path("type").asText()).isEqualTo("tool_result");
                assertThat(result.path("tool_use_id").asText())
                        .isEqualTo(call.path("id").asText())
                        .isNotBlank();
            }
            case "gpt" -> {
                JsonNode call = asked.at("/messages/2/tool_calls/0");
                assertThat(call.at("/function/arguments").asText()).contains("Zürich");
                assertThat(asked.at("/messages/3/tool_call_id").asText())
                        .isEqualTo(call.path("id").asText())
                        .isNotBlank();
            }
            default -> {
                assertThat(asked.at("/contents/1/parts/0/functionCall/args/city")
                                .asText())
                        .isEqualTo("Zürich");
                assertThat(asked.at("/contents/2/parts/0/functionResponse/name").asText())
                        .isEqualTo("weather");
                assertThat(asked.at("/contents/2/parts/0/functionResponse/response")
                                .toString())
                        .contains("22");
            }
        }
    }

    private static ChatCompletionFunctionTool weather() {
        return ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name("weather")
                        .description("The weather in a city.")
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties",
                                        JsonValue.from(Map.of(
                                                "city",
                                                Map.of("type", "string"),
                                                "days",
                                                Map.of("type", "integer"),
                                                "units",
                                                Map.of("type", "object"))))
                                .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                                .build())
                        .build())
                .build();
    }
}
