package io.camelback.protocol.gemini.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequest.Effort;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.ToolChoice;
import io.camelback.json.Json;
import io.camelback.protocol.InvalidRequestException;
import io.camelback.testkit.GeminiFixtures;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GeminiClientCodecTest {
    private static final GeminiClientCodec CODEC = new GeminiClientCodec();
    private static final String HELLO = "\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]";

    @Test
    void takes_the_model_and_the_wish_to_stream_from_the_body_s_copy() {
        ObjectNode body =
                GeminiFixtures.parse("{\"model\":\"models/gemini-2.5-pro\"," + HELLO + ",\"x\":1.50,\"stream\":true}");

        ChatRequest request = CODEC.readRequest(body);

        assertThat(request.model()).isEqualTo("gemini-2.5-pro");
        assertThat(request.stream()).isTrue();
        assertThat(request.streamUsage()).isTrue();
        assertThat(request.original().dialect()).isEqualTo("gemini");
        assertThat(Json.text(request.original().body())).isEqualTo("{" + HELLO + ",\"x\":1.50}");
        assertThat(body.has("model")).isTrue();
    }

    static Stream<Arguments> invalid() {
        String file = "\"contents\":[{\"parts\":[{\"inlineData\":";
        return Stream.of(
                Arguments.of("contents", "{}"),
                Arguments.of("contents", "{\"contents\":[]}"),
                Arguments.of("contents", "{\"contents\":\"Hi\"}"),
                Arguments.of("contents", "{\"contents\":[{\"role\":\"user\"}]}"),
                Arguments.of("contents[0]", "{\"contents\":[\"Hi\"]}"),
                Arguments.of("contents[0].parts[1]", "{\"contents\":[{\"parts\":[{\"text\":\"a\"},\"b\"]}]}"),
                Arguments.of("labels.x", "{" + HELLO + ",\"labels\":{\"x\":1e400}}"),
                Arguments.of(
                        "contents[0].role", "{\"contents\":[{\"role\":\"assistant\",\"parts\":[{\"text\":\"a\"}]}]}"),
                Arguments.of(
                        "contents[0].parts[1].text", "{\"contents\":[{\"parts\":[{\"text\":\"a\"},{\"text\":1}]}]}"),
                Arguments.of("contents[0].parts", "{\"contents\":[{\"parts\":\"a\"}]}"),
                Arguments.of(
                        "contents[0].parts[0].functionCall",
                        "{\"contents\":[{\"parts\":[{\"functionCall\":{\"name\":\"a\"}}]}]}"),
                Arguments.of(
                        "contents[0].parts[0].function_response",
                        "{\"contents\":[{\"role\":\"model\",\"parts\":"
                                + "[{\"function_response\":{\"name\":\"a\",\"response\":{}}}]}]}"),
                Arguments.of(
                        "contents[0].parts[0].functionCall.name",
                        "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"args\":{}}}]}]}"),
                Arguments.of(
                        "contents[0].parts[0].functionCall.args",
                        "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"a\",\"args\":[]}}]}]}"),
                Arguments.of(
                        "contents[0].parts[0].functionResponse.response",
                        "{\"contents\":[{\"parts\":[{\"functionResponse\":{\"name\":\"a\",\"response\":\"b\"}}]}]}"),
                Arguments.of(
                        "contents[0].parts[0].functionResponse.response",
                        "{\"contents\":[{\"parts\":[{\"functionResponse\":{\"name\":\"a\"}}]}]}"),
                Arguments.of("contents[0].parts[0].inlineData.mimeType", "{" + file + "{\"data\":\"aaaa\"}}]}]}"),
                Arguments.of(
                        "contents[0].parts[0].inlineData.data",
                        "{" + file + "{\"mimeType\":\"image/png\",\"data\":\"a b!\"}}]}]}"),
                Arguments.of("systemInstruction", "{" + HELLO + ",\"systemInstruction\":1}"),
                Arguments.of(
                        "system_instruction.parts[0].text",
                        "{" + HELLO + ",\"system_instruction\":{\"parts\":[{\"inlineData\":{}}]}}"),
                Arguments.of("tools", "{" + HELLO + ",\"tools\":\"x\"}"),
                Arguments.of(
                        "tools[0].functionDeclarations[1].name",
                        "{" + HELLO
                                + ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"a\"},{\"description\":\"b\"}]}]}"),
                Arguments.of(
                        "tools[0].functionDeclarations[0].parametersJsonSchema",
                        "{" + HELLO + ",\"tools\":[{"
                                + "\"functionDeclarations\":[{\"name\":\"a\",\"parameters\":{},\"parametersJsonSchema\":{}}]}]}"),
                Arguments.of("toolConfig.functionCallingConfig.mode", calling("{\"mode\":\"SOME\"}")),
                Arguments.of(
                        "toolConfig.functionCallingConfig.mode",
                        "{" + HELLO + ",\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\"}}}"),
                Arguments.of(
                        "toolConfig.functionCallingConfig.allowedFunctionNames",
                        calling("{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"zzz\"]}")),
                Arguments.of("generationConfig.temperature", config("\"temperature\":2.1")),
                Arguments.of("generationConfig.temperature", config("\"temperature\":\"hot\"")),
                Arguments.of("generationConfig.topK", config("\"topK\":1.5")),
                Arguments.of("generationConfig.seed", config("\"seed\":3000000000")),
                Arguments.of("generationConfig.maxOutputTokens", config("\"maxOutputTokens\":0")),
                Arguments.of("generationConfig.maxOutputTokens", config("\"maxOutputTokens\":1e400000000")),
                Arguments.of("generationConfig.candidateCount", config("\"candidateCount\":9")),
                Arguments.of(
                        "generationConfig.stopSequences",
                        config("\"stopSequences\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]")),
                Arguments.of("generationConfig.responseMimeType", config("\"responseMimeType\":\"image/png\"")),
                Arguments.of("generationConfig.responseMimeType", config("\"responseSchema\":{\"type\":\"OBJECT\"}")),
                Arguments.of("generationConfig.responseMimeType", config("\"responseMimeType\":\"text/x.enum\"")),
                Arguments.of(
                        "generationConfig.responseSchema",
                        config("\"responseMimeType\":\"application/json\","
                                + "\"responseSchema\":{},\"responseJsonSchema\":{}")),
                Arguments.of(
                        "generationConfig.thinkingConfig.thinkingLevel",
                        config("\"thinkingConfig\":{\"thinkingLevel\":\"EXTREME\"}")),
                Arguments.of(
                        "generationConfig.thinkingConfig.thinkingBudget",
                        config("\"thinkingConfig\":{\"thinkingBudget\":-2}")));
    }

    private static String config(String fields) {
        return "{" + HELLO + ",\"generationConfig\":{" + fields + "}}";
    }

    private static String calling(String config) {
        return "{" + HELLO + ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"a\"},{\"name\":\"b\"}]}],"
                + "\"toolConfig\":{\"functionCallingConfig\":" + config + "}}";
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("invalid")
    void an_invalid_request_is_refused_with_the_path_of_the_field(String param, String body) {
        assertThatThrownBy(() -> CODEC.readRequest(GeminiFixtures.parse(body), "auto", false))
                .isInstanceOfSatisfying(InvalidRequestException.class, e -> {
                    assertThat(e.error().param()).isEqualTo(param);
                    assertThat(e.error().status()).isEqualTo(400);
                    assertThat(e.error().message()).startsWith(param + " ");
                });
    }

    @ParameterizedTest(name = "[{0}]")
    @CsvSource({"''", "' '", "models/", ","})
    void a_request_without_a_model_is_refused(String model) {
        assertThatThrownBy(() -> CODEC.readRequest(GeminiFixtures.parse("{" + HELLO + "}"), model, false))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.error().param()).isEqualTo("model"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "null",
            value = {
                "'{\"thinkingLevel\":\"MINIMAL\"}', MINIMAL",
                "'{\"thinkingLevel\":\"low\"}', LOW",
                "'{\"thinkingLevel\":\"MEDIUM\"}', MEDIUM",
                "'{\"thinkingLevel\":\"HIGH\"}', HIGH",
                "'{\"thinkingLevel\":\"THINKING_LEVEL_UNSPECIFIED\"}', null",
                "'{\"thinkingBudget\":0}', NONE",
                "'{\"thinkingBudget\":-1}', null",
                "'{\"thinkingBudget\":2048}', LOW",
                "'{\"thinkingBudget\":2049}', MEDIUM",
                "'{\"thinkingBudget\":12000}', MEDIUM",
                "'{\"thinkingBudget\":24576}', HIGH",
                "'{\"includeThoughts\":true}', null"
            })
    void a_level_or_a_budget_of_thinking_is_an_effort(String thinking, Effort effort) {
        assertThat(read(config("\"thinkingConfig\":" + thinking)).effort()).isEqualTo(effort);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "null",
            value = {
                "'{}', AUTO, null, 2",
                "'{\"mode\":\"MODE_UNSPECIFIED\"}', AUTO, null, 2",
                "'{\"mode\":\"NONE\"}', NONE, null, 2",
                "'{\"mode\":\"ANY\"}', REQUIRED, null, 2",
                "'{\"mode\":\"any\",\"allowedFunctionNames\":[\"b\"]}', NAMED, b, 2",
                "'{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"a\",\"b\"]}', REQUIRED, null, 2",
                "'{\"mode\":\"VALIDATED\",\"allowedFunctionNames\":[\"a\"]}', AUTO, null, 1",
                "'{\"mode\":\"VALIDATED\"}', AUTO, null, 2"
            })
    void reads_how_functions_may_be_chosen(String config, ToolChoice.Mode mode, String name, int offered) {
        ChatRequest request = read(calling(config));

        assertThat(request.toolChoice()).isEqualTo(new ToolChoice(mode, name));
        assertThat(request.tools()).hasSize(offered);
    }

    @Test
    void a_bare_string_is_a_system_instruction() {
        assertThat(read("{" + HELLO + ",\"systemInstruction\":\"Be brief.\"}").messages())
                .containsExactly(Message.system("Be brief."), Message.user("Hi"));
    }

    @Test
    void half_characters_are_replaced_in_the_original_too() {
        ChatRequest request = read("{\"contents\":[{\"parts\":[{\"text\":\"a\\ud83d\"}]}]}");

        assertThat(request.messages()).containsExactly(Message.user("a\ufffd"));
        assertThat(Json.text(request.original().body())).contains("a\ufffd");
    }

    @Test
    void trap_7_results_without_ids_find_their_calls_by_name_and_order_in_every_later_turn() {
        ObjectNode longer = GeminiFixtures.json("endpoint-tool-loop-without-ids/request.json");
        ObjectNode shorter = longer.deepCopy();
        shorter.withArray("contents").remove(4);
        shorter.withArray("contents").remove(3);

        assertThat(CODEC.readRequest(longer, "auto", false).messages())
                .startsWith(CODEC.readRequest(shorter, "auto", false).messages().toArray(Message[]::new));
    }

    @Test
    void an_id_is_never_given_to_two_calls_that_have_none() {
        List<String> ids = CODEC
                .readRequest(GeminiFixtures.json("endpoint-tool-loop-without-ids/request.json"), "auto", false)
                .messages()
                .stream()
                .flatMap(message -> message.parts().stream())
                .filter(Part.ToolCall.class::isInstance)
                .map(part -> ((Part.ToolCall) part).id())
                .toList();

        assertThat(ids).hasSize(4).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-zA-Z0-9_-]{1,40}"));
    }

    static Stream<Arguments> errors() {
        String info = "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":";
        return Stream.of(
                Arguments.of(
                        GatewayError.of(404, "model_not_found", "There is no model \"x\"."),
                        "NOT_FOUND",
                        info + "\"MODEL_NOT_FOUND\",\"domain\":\"camelback\"}"),
                Arguments.of(
                        GatewayError.invalid("contents[0].role", "must be user"),
                        "INVALID_ARGUMENT",
                        info + "\"INVALID_REQUEST\",\"domain\":\"camelback\"},"
                                + "{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\","
                                + "\"fieldViolations\":[{\"field\":\"contents[0].role\",\"description\":\"must be user\"}]}"),
                Arguments.of(
                        new GatewayError(429, "rate_limited", "Wait.", null, Duration.ofMillis(37_500)),
                        "RESOURCE_EXHAUSTED",
                        info + "\"RATE_LIMITED\",\"domain\":\"camelback\"},"
                                + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\","
                                + "\"retryDelay\":\"37.5s\"}"),
                Arguments.of(
                        new GatewayError(503, "upstream_unavailable", "Wait.", null, Duration.ofSeconds(120)),
                        "UNAVAILABLE",
                        info + "\"UPSTREAM_UNAVAILABLE\",\"domain\":\"camelback\"},"
                                + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"120s\"}"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("errors")
    void writes_errors_as_google_does(GatewayError error, String status, String details) {
        ObjectNode body = CODEC.writeError(error, "req-1");

        assertThat(Json.text(body.at("/error/details"))).isEqualTo("[" + details + "]");
        assertThat(body.at("/error/code").intValue()).isEqualTo(error.status());
        assertThat(body.at("/error/status").textValue()).isEqualTo(status);
        assertThat(body.at("/error/message").textValue()).isEqualTo(error.message() + " (request id req-1)");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "400, INVALID_ARGUMENT",
        "401, UNAUTHENTICATED",
        "402, RESOURCE_EXHAUSTED",
        "403, PERMISSION_DENIED",
        "405, UNIMPLEMENTED",
        "413, INVALID_ARGUMENT",
        "415, INVALID_ARGUMENT",
        "422, INVALID_ARGUMENT",
        "499, CANCELLED",
        "500, INTERNAL",
        "502, UNAVAILABLE",
        "504, DEADLINE_EXCEEDED"
    })
    void every_status_has_google_s_word(int status, String word) {
        ObjectNode body = CODEC.writeError(GatewayError.of(status, null, "m"), "r");

        assertThat(body.at("/error/status").textValue()).isEqualTo(word);
        assertThat(body.path("error").has("details")).isFalse();
    }

    private static ChatRequest read(String body) {
        return CODEC.readRequest(GeminiFixtures.parse(body), "auto", false);
    }
}
