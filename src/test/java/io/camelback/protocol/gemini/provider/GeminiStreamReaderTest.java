package io.camelback.protocol.gemini.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.FinishReason;
import io.camelback.chat.FinishReason.Kind;
import io.camelback.chat.Part;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.StreamEvent.Finished;
import io.camelback.chat.StreamEvent.Started;
import io.camelback.chat.StreamEvent.TextDelta;
import io.camelback.chat.StreamEvent.ThinkingDelta;
import io.camelback.chat.StreamEvent.ThinkingSigned;
import io.camelback.chat.StreamEvent.ToolCallDelta;
import io.camelback.chat.StreamEvent.ToolCallStarted;
import io.camelback.chat.StreamEvent.UsageReported;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.StreamReader;
import io.camelback.testkit.GeminiFixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiStreamReaderTest {
    private final StreamReader reader = new GeminiProviderCodec().streamReader();

    static Stream<Arguments> streams() {
        String arguments = "{\"city\":\"Paris\",\"days\":1.0}";
        return Stream.of(
                row(
                        "thinking-and-text",
                        new Started("r1", "gemini-2.5-flash"),
                        new ThinkingDelta(0, "**Counting**"),
                        usage(9, 0, 0),
                        new TextDelta(0, "It is "),
                        usage(9, 22, 20),
                        new TextDelta(0, "4."),
                        usage(9, 25, 20),
                        finished(Kind.STOP, "STOP")),
                row(
                        "parallel-calls",
                        new Started("r1", "gemini-3-pro-preview"),
                        new TextDelta(0, "Looking."),
                        usage(9, 0, 0),
                        new ToolCallStarted(0, 0, "call_0_ba326bee1f0a", "weather", "CgCALL"),
                        new ToolCallDelta(0, 0, arguments),
                        new ToolCallStarted(0, 1, "call_1_c1f75f4ae17a", "weather", null),
                        new ToolCallDelta(0, 1, arguments),
                        new ToolCallStarted(0, 2, "fc_9", "now", null),
                        new ToolCallDelta(0, 2, "{}"),
                        usage(9, 5, 0),
                        finished(Kind.TOOL_CALLS, "STOP")),
                row(
                        "signature-alone",
                        new Started("r3", "gemini-3-pro-preview"),
                        new TextDelta(0, "Hi"),
                        new ThinkingSigned(0, "CgLAST", "gemini"),
                        finished(Kind.STOP, "STOP")),
                row(
                        "late-parts",
                        new Started(null, "gemini-2.5-flash"),
                        new TextDelta(0, "One"),
                        new TextDelta(0, " two"),
                        new ToolCallStarted(0, 0, "x", "get", null),
                        new ToolCallDelta(0, 0, "{\"a\":1}"),
                        usage(9, 5, 0),
                        finished(Kind.TOOL_CALLS, "STOP")),
                row(
                        "prompt-blocked",
                        new Started("r4", "gemini-2.5-flash"),
                        usage(9, 0, 0),
                        finished(Kind.CONTENT_FILTER, "SAFETY")),
                row(
                        "signed-thoughts",
                        new Started("r6", "gemini-2.5-pro"),
                        new ThinkingDelta(0, "Hm."),
                        new ThinkingSigned(0, "CgT", "gemini"),
                        new TextDelta(0, "Some words"),
                        usage(9, 3, 0),
                        finished(Kind.OTHER, "MALFORMED_FUNCTION_CALL")));
    }

    private static Arguments row(String fixture, StreamEvent... events) {
        return Arguments.of(fixture, List.of(events));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void reads_the_recorded_stream(String fixture, List<StreamEvent> expected) {
        List<StreamEvent> events = readAll(fixture);

        assertThat(reader.finished()).isTrue();
        assertThat(reader.terminated()).isFalse();
        events.addAll(reader.end());
        assertThat(events).isEqualTo(expected);
        assertThat(reader.end()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"thinking-and-text", "parallel-calls", "signature-alone", "signed-thoughts"})
    void is_finished_with_the_last_event_and_not_before(String fixture) {
        List<ObjectNode> events = GeminiFixtures.events(fixture + "/events.sse");
        List<Boolean> finished = new ArrayList<>();
        events.forEach(event -> {
            reader.read(null, event);
            finished.add(reader.finished());
        });

        assertThat(finished.subList(0, finished.size() - 1)).containsOnly(false);
        assertThat(finished).last().isEqualTo(true);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{'executableCode':{'language':'PYTHON','code':'1'}}",
                "{'inlineData':{'mimeType':'audio/wav','data':'UklG'}}"
            })
    void what_only_gemini_has_a_word_for_is_content(String part) {
        ObjectNode node = GeminiFixtures.parse(part.replace('\'', '"'));

        assertThat(read(part)).containsExactly(new StreamEvent.OpaqueContent(0, new Part.Opaque("gemini", node)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"{}", "{'thoughtSignature':'CgT'}", "{'thought':true}", "{'text':''}"})
    void a_part_that_says_nothing_is_none(String part) {
        assertThat(read(part)).isEmpty();
    }

    private List<StreamEvent> read(String part) {
        String chunk = "{'candidates':[{'content':{'role':'model','parts':[" + part + "]}}]}";
        List<StreamEvent> events = reader.read(null, GeminiFixtures.parse(chunk.replace('\'', '"')));
        return events.subList(1, events.size());
    }

    @Test
    void a_cut_stream_is_not_finished_and_tells_no_finish() {
        assertThat(readAll("cut")).containsExactly(new Started("r5", "gemini-2.5-flash"), new TextDelta(0, "One"));
        assertThat(reader.finished()).isFalse();
        assertThat(reader.end()).isEmpty();
    }

    @Test
    void calls_get_the_same_ids_as_in_a_complete_answer() {
        ChatAnswer answer = new GeminiProviderCodec().readAnswer(GeminiFixtures.json("parallel-calls/answer.json"));
        List<String> ids = answer.choices().get(0).parts().stream()
                .filter(Part.ToolCall.class::isInstance)
                .map(part -> ((Part.ToolCall) part).id())
                .toList();

        assertThat(readAll("parallel-calls").stream()
                        .filter(ToolCallStarted.class::isInstance)
                        .map(event -> ((ToolCallStarted) event).id()))
                .isEqualTo(ids)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "MALFORMED_FUNCTION_CALL",
                "UNEXPECTED_TOOL_CALL",
                "TOO_MANY_TOOL_CALLS",
                "MALFORMED_RESPONSE",
                "OTHER"
            })
    void a_fault_before_any_content_is_thrown(String raw) {
        reader.read(
                null,
                GeminiFixtures.parse(
                        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hm\",\"thought\":true}]}}]}"));
        ObjectNode last = GeminiFixtures.parse("{\"candidates\":[{\"content\":{},\"finishReason\":\"" + raw + "\"}]}");

        assertThatThrownBy(() -> reader.read(null, last))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessage("finishReason " + raw);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"{}", "{\"type\":\"ping\"}", "{\"candidates\":[]}", "{\"candidates\":null}"})
    void an_event_without_content_is_harmless(String data) {
        assertThat(reader.read(null, GeminiFixtures.parse(data))).noneMatch(StreamEvent::isContent);
        assertThat(reader.finished()).isFalse();
    }

    @Test
    void candidates_that_are_no_list_are_malformed() {
        assertThatThrownBy(() -> reader.read(null, GeminiFixtures.parse("{\"candidates\":{}}")))
                .isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void several_candidates_finish_each_for_itself() {
        reader.read(
                null,
                GeminiFixtures.parse(
                        "{\"candidates\":[{\"index\":0,\"content\":{\"parts\":[{\"text\":\"a\"}]}},"
                                + "{\"index\":1,\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"t\"}}]},\"finishReason\":\"STOP\"}]}"));
        assertThat(reader.finished()).isFalse();
        reader.read(null, GeminiFixtures.parse("{\"candidates\":[{\"index\":0,\"finishReason\":\"MAX_TOKENS\"}]}"));

        assertThat(reader.finished()).isTrue();
        assertThat(reader.end())
                .containsExactly(
                        new Finished(0, FinishReason.of(Kind.LENGTH, "MAX_TOKENS")),
                        new Finished(1, FinishReason.of(Kind.TOOL_CALLS, "STOP")));
    }

    @Test
    void leaves_the_events_as_they_were() {
        List<ObjectNode> events = GeminiFixtures.events("parallel-calls/events.sse");
        List<String> before = events.stream().map(Json::text).toList();
        events.forEach(event -> reader.read(null, event));

        assertThat(events.stream().map(Json::text)).isEqualTo(before);
    }

    private List<StreamEvent> readAll(String fixture) {
        List<StreamEvent> events = new ArrayList<>();
        GeminiFixtures.events(fixture + "/events.sse").forEach(data -> events.addAll(reader.read(null, data)));
        return events;
    }

    private static UsageReported usage(long input, long output, long reasoning) {
        return new UsageReported(new Usage(input, 0, 0, output, reasoning));
    }

    private static Finished finished(Kind reason, String raw) {
        return new Finished(0, FinishReason.of(reason, raw));
    }
}
