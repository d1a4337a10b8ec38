package io.camelback.protocol.anthropic.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.chat.Message;
import io.camelback.chat.Part;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnthropicToolRepairTest {

    static Stream<Arguments> histories() {
        return Stream.of(
                Arguments.of(
                        "in order",
                        List.of(calls("a", "b"), result("a", "1"), result("b", "2")),
                        List.of("ASSISTANT !a !b", "TOOL a=1 b=2")),
                Arguments.of(
                        "in the wrong order, spread and late",
                        List.of(calls("a", "b"), result("b", "2"), Message.user("hm"), result("a", "1")),
                        List.of("ASSISTANT !a !b", "TOOL a=1 b=2", "USER hm")),
                Arguments.of(
                        "unanswered",
                        List.of(calls("a"), Message.user("never mind")),
                        List.of("ASSISTANT !a", "TOOL a=(no result)", "USER never mind")),
                Arguments.of(
                        "unanswered at the end", List.of(calls("a")), List.of("ASSISTANT !a", "TOOL a=(no result)")),
                Arguments.of(
                        "answered twice, the last counts",
                        List.of(calls("a"), result("a", "1"), result("a", "2")),
                        List.of("ASSISTANT !a", "TOOL a=2")),
                Arguments.of(
                        "without its call",
                        List.of(Message.user("hi"), result("z", "9")),
                        List.of("USER hi", "USER Result of an earlier call of a tool: 9")),
                Arguments.of(
                        "before its call",
                        List.of(result("a", "9"), calls("a"), result("a", "1")),
                        List.of("USER Result of an earlier call of a tool: 9", "ASSISTANT !a", "TOOL a=1")),
                Arguments.of(
                        "an id used again in a later turn",
                        List.of(calls("a"), result("a", "1"), calls("a"), result("a", "2")),
                        List.of("ASSISTANT !a", "TOOL a=1", "ASSISTANT !a_2", "TOOL a_2=2")),
                Arguments.of(
                        "an id used twice in one turn",
                        List.of(calls("a", "a"), result("a", "1"), result("a", "2")),
                        List.of("ASSISTANT !a !a_2", "TOOL a=1 a_2=2")),
                Arguments.of(
                        "calls without ids",
                        List.of(calls("", ""), result("", "1"), result("", "2")),
                        List.of("ASSISTANT !call !call_2", "TOOL call=1 call_2=2")),
                Arguments.of(
                        "foreign ids that look alike once cleaned",
                        List.of(calls("a.b", "a:b"), result("a:b", "2"), result("a.b", "1")),
                        List.of("ASSISTANT !a_b_2e7336dc !a_b_6783a31e", "TOOL a_b_2e7336dc=1 a_b_6783a31e=2")),
                Arguments.of(
                        "text after the calls joins their turn",
                        List.of(calls("a"), Message.assistant(new Part.Text("wait")), result("a", "1")),
                        List.of("ASSISTANT !a wait", "TOOL a=1")),
                Arguments.of(
                        "two turns with calls are never one",
                        List.of(calls("a"), calls("b"), result("a", "1"), result("b", "2")),
                        List.of("ASSISTANT !a", "TOOL a=1", "ASSISTANT !b", "TOOL b=2")),
                Arguments.of(
                        "an answer after the result stays a turn of its own",
                        List.of(calls("a"), result("a", "1"), Message.assistant(new Part.Text("done"))),
                        List.of("ASSISTANT !a", "TOOL a=1", "ASSISTANT done")),
                Arguments.of(
                        "a system message before the result",
                        List.of(calls("a"), Message.system("careful"), result("a", "1")),
                        List.of("ASSISTANT !a", "TOOL a=1", "SYSTEM careful")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    void every_call_is_answered_once_and_at_once(String name, List<Message> history, List<String> expected) {
        assertThat(AnthropicToolRepair.repair(history))
                .extracting(AnthropicToolRepairTest::summary)
                .isEqualTo(expected);
    }

    private static Message calls(String... ids) {
        return Message.assistant(
                Stream.of(ids).map(id -> new Part.ToolCall(id, "get", "{}")).toArray(Part[]::new));
    }

    private static Message result(String id, String text) {
        return Message.toolResult(id, text);
    }

    private static String summary(Message message) {
        return message.role()
                + message.parts().stream()
                        .map(AnthropicToolRepairTest::summary)
                        .collect(Collectors.joining(" ", " ", ""));
    }

    private static String summary(Part part) {
        if (part instanceof Part.ToolCall call) {
            return "!" + call.id();
        }
        return part instanceof Part.ToolResult result
                ? result.callId() + "=" + Part.text(result.content(), "")
                : ((Part.Text) part).text();
    }
}
