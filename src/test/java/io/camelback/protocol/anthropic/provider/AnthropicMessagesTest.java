package io.camelback.protocol.anthropic.provider;

import static io.camelback.testkit.AnthropicFixtures.object;
import static io.camelback.testkit.AnthropicFixtures.target;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequest.Effort;
import io.camelback.chat.ChatRequestBuilder;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.ResponseFormat;
import io.camelback.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnthropicMessagesTest {
    private static final Message QUESTION = Message.user("Q");

    static Stream<Arguments> turns() {
        return Stream.of(
                Arguments.of(
                        "one role in a row becomes one turn",
                        request(QUESTION, Message.user("R"), say("A"), say("B"), Message.user("S")),
                        "user:Q|R assistant:A|B user:S"),
                Arguments.of(
                        "a participant's name is not sent",
                        request(new Message(Message.Role.USER, List.of(new Part.Text("Q")), "bob")),
                        "user:Q"),
                Arguments.of(
                        "empty and blank texts are dropped, and turns that had nothing else",
                        request(Message.user(""), QUESTION, say(" \n"), Message.user("R")),
                        "user:Q|R"),
                Arguments.of(
                        "a turn of foreign or nothing but thinking is dropped",
                        request(
                                QUESTION,
                                Message.assistant(new Part.Thinking("t", "s", null, "anthropic")),
                                Message.user("R")),
                        "user:Q|R"),
                Arguments.of(
                        "a conversation emptied of its users",
                        request(Message.user(" "), say("A"), Message.user("R")),
                        "user:. assistant:A user:R"),
                Arguments.of(
                        "system messages in a row",
                        request(QUESTION, Message.system("x"), Message.system("y"), Message.user("R")),
                        "user:Q system:x|y user:R"),
                Arguments.of(
                        "a prefill loses its last white space only",
                        request(QUESTION, say(" A "), say(" B ")),
                        "user:Q assistant: A | B"),
                Arguments.of(
                        "a thinking model takes no prefill",
                        request(QUESTION, say("A")).effort(Effort.LOW),
                        "user:Q assistant:A user:Continue."),
                Arguments.of(
                        "neither does a constrained answer",
                        request(QUESTION, say("A"))
                                .format(new ResponseFormat.JsonSchema(
                                        "x", null, object("{\"type\":\"object\"}"), null)),
                        "user:Q assistant:A user:Continue."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void turns(String name, ChatRequestBuilder request, String expected) {
        JsonNode messages = new AnthropicProviderCodec()
                .writeRequest(request.build(), target(), false)
                .get("messages");

        assertThat(stream(messages).map(AnthropicMessagesTest::summary).collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    private static String summary(JsonNode turn) {
        return Json.string(turn, "role") + ":"
                + stream(turn.get("content"))
                        .map(block -> Json.string(block, "text"))
                        .collect(Collectors.joining("|"));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static ChatRequestBuilder request(Message... messages) {
        ChatRequestBuilder builder = ChatRequest.builder("auto");
        for (Message message : messages) {
            builder.message(message);
        }
        return builder;
    }

    private static Message say(String text) {
        return Message.assistant(new Part.Text(text));
    }
}
