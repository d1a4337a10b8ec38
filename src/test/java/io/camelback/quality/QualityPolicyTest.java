package io.camelback.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.ResponseFormat;
import io.camelback.config.QualitySettings;
import io.camelback.config.pattern.LinearPattern;
import io.camelback.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QualityPolicyTest {
    private static final QualitySettings SCHEMA = settings(true, null, 0, false);
    private static final QualitySettings PATTERN = settings(false, "(?i)answer:", 0, false);
    private static final QualitySettings LENGTH = settings(false, null, 5, false);
    private static final QualitySettings REFUSALS = settings(false, null, 0, true);
    private static final String PERSON = """
            {"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer","minimum":0}},
             "required":["name","age"],"additionalProperties":false}""";

    private static QualitySettings settings(boolean schema, String pattern, int length, boolean refusals) {
        try {
            return new QualitySettings(
                    schema,
                    pattern == null ? null : LinearPattern.compile(pattern),
                    length,
                    refusals,
                    20,
                    Duration.ofSeconds(1));
        } catch (LinearPattern.UnusablePatternException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ChatRequest asking(ResponseFormat format) {
        return ChatRequest.builder("m")
                .message(Message.user("hi"))
                .format(format)
                .build();
    }

    private static ResponseFormat schema(String json) {
        try {
            return new ResponseFormat.JsonSchema("person", null, (ObjectNode) Json.read(json), true);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ChatAnswer saying(FinishReason.Kind reason, Part... parts) {
        return new ChatAnswer(
                "id",
                "m",
                0,
                List.of(new ChatAnswer.Choice(0, List.of(parts), new FinishReason(reason, null, null))),
                null,
                null);
    }

    private static Part text(String text) {
        return new Part.Text(text);
    }

    static Stream<Arguments> answers() {
        ChatRequest plain = asking(null);
        ChatRequest json = asking(new ResponseFormat.Json());
        ChatRequest person = asking(schema(PERSON));
        FinishReason.Kind stop = FinishReason.Kind.STOP;
        return Stream.of(
                Arguments.of(
                        "the JSON that was asked for",
                        SCHEMA,
                        person,
                        saying(stop, text("{\"name\":\"Ann\",\"age\":3}")),
                        null),
                Arguments.of(
                        "the same among thoughts",
                        SCHEMA,
                        person,
                        saying(
                                stop,
                                new Part.Thinking("hm", null, null, null),
                                text(" {\"name\":\"Ann\",\"age\":3}\n")),
                        null),
                Arguments.of(
                        "JSON cut off",
                        SCHEMA,
                        person,
                        saying(FinishReason.Kind.LENGTH, text("{\"name\":\"Ann\",")),
                        "not JSON"),
                Arguments.of(
                        "JSON in a fence",
                        SCHEMA,
                        person,
                        saying(stop, text("```json\n{\"name\":\"Ann\",\"age\":3}\n```")),
                        "not JSON"),
                Arguments.of("words", SCHEMA, person, saying(stop, text("Ann is three.")), "not JSON"),
                Arguments.of("nothing", SCHEMA, person, saying(stop), "not JSON"),
                Arguments.of("a field too few", SCHEMA, person, saying(stop, text("{\"name\":\"Ann\"}")), "(required)"),
                Arguments.of(
                        "a field too many",
                        SCHEMA,
                        person,
                        saying(stop, text("{\"name\":\"Ann\",\"age\":3,\"x\":1}")),
                        "(additionalProperties)"),
                Arguments.of(
                        "another type",
                        SCHEMA,
                        person,
                        saying(stop, text("{\"name\":\"Ann\",\"age\":\"3\"}")),
                        "(type)"),
                Arguments.of(
                        "out of range",
                        SCHEMA,
                        person,
                        saying(stop, text("{\"name\":\"Ann\",\"age\":-1}")),
                        "(minimum)"),
                Arguments.of("an array for an object", SCHEMA, json, saying(stop, text("[1]")), "no JSON object"),
                Arguments.of("any object", SCHEMA, json, saying(stop, text("{\"x\":1}")), null),
                Arguments.of("words where words were asked for", SCHEMA, plain, saying(stop, text("hi")), null),
                Arguments.of(
                        "a tool call instead",
                        SCHEMA,
                        person,
                        saying(FinishReason.Kind.TOOL_CALLS, new Part.ToolCall("1", "f", "{}")),
                        null),
                Arguments.of(
                        "a schema that points elsewhere",
                        SCHEMA,
                        asking(schema("{\"$ref\":\"http://evil.example/schema.json\"}")),
                        saying(stop, text("{}")),
                        "the schema is none, or points elsewhere"),
                Arguments.of("the pattern", PATTERN, plain, saying(stop, text("The ANSWER: 42")), null),
                Arguments.of("no pattern", PATTERN, plain, saying(stop, text("42")), "pattern"),
                Arguments.of("long enough, in characters", LENGTH, plain, saying(stop, text("😀😀😀😀😀")), null),
                Arguments.of("too short", LENGTH, plain, saying(stop, text("No. ")), "shorter than 5"),
                Arguments.of("a refusal", REFUSALS, plain, saying(stop, new Part.Refusal("I can't.")), "refusal"),
                Arguments.of(
                        "declined by policy", REFUSALS, plain, saying(FinishReason.Kind.CONTENT_FILTER), "refusal"),
                Arguments.of(
                        "a refusal nobody minds", SCHEMA, person, saying(stop, new Part.Refusal("I can't.")), null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void answers(String name, QualitySettings settings, ChatRequest request, ChatAnswer answer, String miss) {
        QualityVerdict verdict = new QualityPolicy(settings).judge(request, answer, WorkBudget.unlimited());
        if (miss == null) {
            assertThat(verdict).isEqualTo(QualityVerdict.PASSED);
        } else {
            assertThat(verdict.isMiss()).isEqualTo(!miss.startsWith("the schema"));
            assertThat(verdict.why()).contains(miss).doesNotContain("Ann");
        }
    }

    @Test
    void answers_in_words_are_not_looked_at_for_a_schema() {
        assertThat(new QualityPolicy(SCHEMA).appliesTo(asking(null))).isFalse();
        assertThat(new QualityPolicy(SCHEMA).appliesTo(asking(new ResponseFormat.Json())))
                .isTrue();
        assertThat(new QualityPolicy(LENGTH).appliesTo(asking(null))).isTrue();
    }

    @Test
    void a_floor_that_nothing_passes_escalates_a_share_of_the_requests_and_a_few_more() {
        QualityPolicy floor = new QualityPolicy(LENGTH);
        int escalated = 0;
        for (int i = 0; i < 1_000; i++) {
            floor.asked();
            escalated += floor.mayEscalate() ? 1 : 0;
        }
        assertThat(escalated).isBetween(200, 205);
    }
}
