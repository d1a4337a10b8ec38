package io.camelback.protocol.gemini.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.FinishReason;
import io.camelback.chat.FinishReason.Kind;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.gemini.ForeignThinkingCarrier;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.testkit.GeminiFixtures;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiClientAnswerTest {
    private static final GeminiClientCodec CODEC = new GeminiClientCodec();
    private static final Part CLAUDE = new Part.Thinking("I need the time.", "EqQB", null, "anthropic");
    private static final Part CALL = new Part.ToolCall("toolu_1", "now", "{\"zone\":\"CET\",\"n\":1.0}");

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"thinking-and-text", "parallel-calls", "prompt-blocked", "image-output"})
    void an_answer_of_gemini_s_goes_out_as_it_came(String fixture) {
        ObjectNode body = GeminiFixtures.json(fixture + "/answer.json");

        assertThat(CODEC.writeAnswer(new GeminiProviderCodec().readAnswer(body), asking(false), "req-1"))
                .isSameAs(body);
    }

    static Stream<Arguments> answers() {
        Part thought = new Part.Thinking("Hm.", null, null, null);
        return Stream.of(
                Arguments.of(
                        "text",
                        false,
                        FinishReason.STOP,
                        List.of(new Part.Text("Hi"), new Part.Text(""), new Part.Text("!")),
                        "{\"text\":\"Hi\"},{\"text\":\"!\"}",
                        "STOP"),
                Arguments.of(
                        "a call",
                        false,
                        FinishReason.of(Kind.TOOL_CALLS, "tool_use"),
                        List.of(CALL),
                        "{\"functionCall\":{\"id\":\"toolu_1\",\"name\":\"now\",\"args\":{\"zone\":\"CET\",\"n\":1.0}}}",
                        "STOP"),
                Arguments.of(
                        "calls without and with broken arguments",
                        false,
                        FinishReason.of(Kind.TOOL_CALLS, "tool_calls"),
                        List.of(new Part.ToolCall("a", "f", ""), new Part.ToolCall("b", "g", "{\"x\":")),
                        "{\"functionCall\":{\"id\":\"a\",\"name\":\"f\",\"args\":{}}},"
                                + "{\"functionCall\":{\"id\":\"b\",\"name\":\"g\",\"args\":{\"_raw\":\"{\\\"x\\\":\"}}}",
                        "STOP"),
                Arguments.of(
                        "a call that was cut is not made",
                        false,
                        FinishReason.of(Kind.LENGTH, "length"),
                        List.of(
                                new Part.Text("Well"),
                                CALL,
                                new Part.ToolCall("b", "g", "{\"x\":"),
                                new Part.ToolCall("c", "g", "")),
                        "{\"text\":\"Well\"},{\"functionCall\":{\"id\":\"toolu_1\",\"name\":\"now\","
                                + "\"args\":{\"zone\":\"CET\",\"n\":1.0}}}",
                        "MAX_TOKENS"),
                Arguments.of(
                        "thoughts when asked for",
                        true,
                        FinishReason.STOP,
                        List.of(thought, new Part.Text("4")),
                        "{\"text\":\"Hm.\",\"thought\":true},{\"text\":\"4\"}",
                        "STOP"),
                Arguments.of(
                        "no thoughts when not",
                        false,
                        FinishReason.STOP,
                        List.of(thought, new Part.Text("4")),
                        "{\"text\":\"4\"}",
                        "STOP"),
                Arguments.of(
                        "Gemini's own signatures",
                        true,
                        FinishReason.STOP,
                        List.of(
                                new Part.Thinking("Hm.", "CgT", null, "gemini"),
                                new Part.ToolCall("a", "f", "{}", "CgC")),
                        "{\"text\":\"Hm.\",\"thought\":true},{\"text\":\"\",\"thoughtSignature\":\"CgT\"},"
                                + "{\"functionCall\":{\"id\":\"a\",\"name\":\"f\",\"args\":{}},\"thoughtSignature\":\"CgC\"}",
                        "STOP"),
                Arguments.of(
                        "a refusal",
                        false,
                        FinishReason.STOP,
                        List.of(new Part.Refusal("I cannot.")),
                        "{\"text\":\"I cannot.\"}",
                        "SAFETY"),
                Arguments.of(
                        "half a character",
                        false,
                        FinishReason.STOP,
                        List.of(new Part.Text("a\ud83d")),
                        "{\"text\":\"a\ufffd\"}",
                        "STOP"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void writes_the_answer_of_another_provider(
            String name, boolean thoughts, FinishReason finish, List<Part> parts, String expected, String reason) {
        ChatAnswer answer = new ChatAnswer(
                "msg_1",
                "claude-opus-5-5",
                1,
                List.of(new ChatAnswer.Choice(0, parts, finish)),
                new Usage(1200, 1000, 0, 25, 20),
                null);

        ObjectNode body = CODEC.writeAnswer(answer, asking(thoughts), "req-1/x");

        assertThat(Json.text(body))
                .isEqualTo("{\"candidates\":[{\"content\":{\"parts\":[" + expected + "],\"role\":\"model\"},"
                        + "\"finishReason\":\"" + reason
                        + "\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":1200,"
                        + "\"cachedContentTokenCount\":1000,\"candidatesTokenCount\":5,\"thoughtsTokenCount\":20,"
                        + "\"totalTokenCount\":1225},"
                        + "\"modelVersion\":\"claude-opus-5-5\",\"responseId\":\"req-1x\"}");
        assertThat(Json.bytes(body)).isNotEmpty();
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(
            nullValues = "null",
            value = {
                "STOP, end_turn, STOP",
                "LENGTH, max_tokens, MAX_TOKENS",
                "TOOL_CALLS, x, STOP",
                "CONTENT_FILTER, refusal, SAFETY",
                "CONTENT_FILTER, RECITATION, RECITATION",
                "OTHER, pause_turn, STOP",
                "OTHER, null, STOP"
            })
    void trap_33_says_why_the_model_stopped(Kind reason, String raw, String word) {
        ChatAnswer answer = new ChatAnswer(
                null,
                null,
                0,
                List.of(
                        new ChatAnswer.Choice(0, List.of(), FinishReason.of(reason, raw)),
                        new ChatAnswer.Choice(1, List.of(), FinishReason.of(reason, raw))),
                null,
                null);

        assertThat(Json.text(CODEC.writeAnswer(answer, null, "r")))
                .isEqualTo("{\"candidates\":["
                        + "{\"content\":{\"role\":\"model\"},\"finishReason\":\"" + word + "\",\"index\":0},"
                        + "{\"content\":{\"role\":\"model\"},\"finishReason\":\"" + word
                        + "\",\"index\":1}],\"responseId\":\"r\"}");
    }

    @ParameterizedTest(name = "thoughts shown: {0}")
    @ValueSource(booleans = {true, false})
    void trap_10_signed_thinking_comes_back_whole_and_in_its_place(boolean shown) {
        Part redacted = new Part.Thinking("", null, "b64", "anthropic");
        List<Part> parts = List.of(CLAUDE, redacted, new Part.Text("Let me see."), CALL);
        ChatAnswer answer = new ChatAnswer(
                "msg_1",
                "claude",
                1,
                List.of(new ChatAnswer.Choice(0, parts, FinishReason.of(Kind.TOOL_CALLS, "tool_use"))),
                null,
                null);
        ObjectNode written = CODEC.writeAnswer(answer, asking(shown), "r");

        ObjectNode next = Json.object();
        next.putArray("contents")
                .add(GeminiFixtures.parse("{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}"))
                .add(written.at("/candidates/0/content"));
        List<Message> messages = CODEC.readRequest(next, "auto", false).messages();

        assertThat(messages.get(1)).isEqualTo(Message.assistant(parts.toArray(Part[]::new)));
        assertThat(written.findValuesAsText("thoughtSignature")).hasSize(1).allMatch(ForeignThinkingCarrier::isMarked);
        assertThat(Json.text(written).contains("I need the time.")).isEqualTo(shown);
    }

    private static ChatRequest asking(boolean thoughts) {
        return CODEC.readRequest(
                GeminiFixtures.parse("{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],\"generation_config\":{"
                        + "\"thinkingConfig\":{\"include_thoughts\":" + thoughts + "}}}"),
                "auto",
                false);
    }
}
