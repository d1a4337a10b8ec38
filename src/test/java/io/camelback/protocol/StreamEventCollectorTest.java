package io.camelback.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.FinishReason;
import io.camelback.chat.Part;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StreamEventCollectorTest {
    private static final FinishReason CALLS = FinishReason.of(FinishReason.Kind.TOOL_CALLS, "tool_calls");

    static Stream<Arguments> streams() {
        return Stream.of(
                arguments(
                        "text in pieces", List.of(text("Hel"), text(""), text("lo")), List.of(new Part.Text("Hello"))),
                arguments(
                        "a character in two pieces",
                        List.of(text("\ud83d"), text("\ude00")),
                        List.of(new Part.Text("😀"))),
                arguments("empty pieces begin nothing", List.of(text(""), thinking(""), refusal("")), List.of()),
                arguments("a refusal", List.of(refusal("I "), refusal("won't")), List.of(new Part.Refusal("I won't"))),
                arguments(
                        "thinking, then text",
                        List.of(thinking("a"), thinking("b"), signed("sig"), text("c")),
                        List.of(new Part.Thinking("ab", "sig", null, "anthropic"), new Part.Text("c"))),
                arguments(
                        "two thinking blocks",
                        List.of(thinking("a"), signed("1"), thinking("b"), signed("2")),
                        List.of(
                                new Part.Thinking("a", "1", null, "anthropic"),
                                new Part.Thinking("b", "2", null, "anthropic"))),
                arguments(
                        "thinking that is not shown",
                        List.of(signed("sig"), text("a")),
                        List.of(new Part.Thinking("", "sig", null, "anthropic"), new Part.Text("a"))),
                arguments(
                        "a signature after the text",
                        List.of(thinking("a"), text("b"), signed("sig"), text("c")),
                        List.of(new Part.Thinking("a", "sig", null, "anthropic"), new Part.Text("bc"))),
                arguments(
                        "unsigned thinking",
                        List.of(thinking("a"), text("b")),
                        List.of(new Part.Thinking("a", null, null, null), new Part.Text("b"))),
                arguments(
                        "encrypted thinking",
                        List.of(thinking("a"), signed("s"), redacted("xx"), redacted("yy"), thinking("b")),
                        List.of(
                                new Part.Thinking("a", "s", null, "anthropic"),
                                        new Part.Thinking("", null, "xx", "anthropic"),
                                new Part.Thinking("", null, "yy", "anthropic"),
                                        new Part.Thinking("b", null, null, null))),
                arguments(
                        "text around a call",
                        List.of(text("a"), call(0, "c0", "get"), piece(0, "{}"), text("b"), text("c")),
                        List.of(new Part.Text("a"), new Part.ToolCall("c0", "get", "{}"), new Part.Text("bc"))),
                arguments(
                        "calls whose arguments interleave",
                        List.of(
                                call(0, "c0", "get"),
                                call(1, "c1", "put"),
                                piece(0, "{\"a\":\"\\ud8"),
                                piece(1, "{\"b\""),
                                piece(0, "3d\\ude00\"}"),
                                piece(1, ":2}")),
                        List.of(
                                new Part.ToolCall("c0", "get", "{\"a\":\"\\ud83d\\ude00\"}"),
                                new Part.ToolCall("c1", "put", "{\"b\":2}"))),
                arguments(
                        "a call without arguments",
                        List.of(call(0, "c0", "now")),
                        List.of(new Part.ToolCall("c0", "now", ""))),
                arguments(
                        "arguments that break off",
                        List.of(call(0, "c0", "get"), piece(0, "{\"a\"")),
                        List.of(new Part.ToolCall("c0", "get", "{\"a\""))),
                arguments(
                        "a call that is named later",
                        List.of(call(0, "c0", null), piece(0, "{"), call(0, null, "get"), piece(0, "}")),
                        List.of(new Part.ToolCall("c0", "get", "{}"))),
                arguments(
                        "a signed call",
                        List.of(new StreamEvent.ToolCallStarted(0, 0, "c0", "get", "sig"), piece(0, "{}")),
                        List.of(new Part.ToolCall("c0", "get", "{}", "sig"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void makes_parts_of_events(String name, List<StreamEvent> events, List<Part> parts) {
        StreamEventCollector inOneChunk = new StreamEventCollector();
        inOneChunk.add(new StreamChunk(events, null, null, null));
        inOneChunk.add(StreamChunk.made(new StreamEvent.Finished(0, FinishReason.STOP)));
        assertThat(inOneChunk.answer(1).choices()).containsExactly(new ChatAnswer.Choice(0, parts, FinishReason.STOP));

        StreamEventCollector oneByOne = new StreamEventCollector();
        events.forEach(event -> oneByOne.add(StreamChunk.made(event)));
        oneByOne.add(StreamChunk.made(new StreamEvent.Finished(0, FinishReason.STOP)));
        assertThat(oneByOne.answer(1)).isEqualTo(inOneChunk.answer(1));
    }

    @Test
    void keeps_the_names_the_last_usage_and_the_time() {
        StreamEventCollector collector = new StreamEventCollector();
        collector.add(StreamChunk.made());
        collector.add(StreamChunk.made(new StreamEvent.Started(null, "m-1")));
        collector.add(StreamChunk.made(
                new StreamEvent.Started("id-1", "m-2"), new StreamEvent.UsageReported(Usage.of(9, 1))));
        collector.add(StreamChunk.made(text("a"), new StreamEvent.Finished(0, FinishReason.STOP)));
        collector.add(StreamChunk.made(new StreamEvent.UsageReported(new Usage(9, 3, 0, 5, 2))));
        assertThat(collector.answer(1_700_000_000L))
                .isEqualTo(new ChatAnswer(
                        "id-1",
                        "m-1",
                        1_700_000_000L,
                        List.of(new ChatAnswer.Choice(0, List.of(new Part.Text("a")), FinishReason.STOP)),
                        new Usage(9, 3, 0, 5, 2),
                        null));
    }

    @Test
    void keeps_candidates_apart_and_in_order() {
        StreamEventCollector collector = new StreamEventCollector();
        FinishReason length = FinishReason.of(FinishReason.Kind.LENGTH, "length");
        collector.add(
                StreamChunk.made(new StreamEvent.TextDelta(1, "b"), text("a"), new StreamEvent.TextDelta(1, "B")));
        collector.add(StreamChunk.made(
                new StreamEvent.ToolCallStarted(1, 0, "c", "get", null), new StreamEvent.ToolCallDelta(1, 0, "{}")));
        collector.add(StreamChunk.made(new StreamEvent.Finished(1, CALLS), new StreamEvent.Finished(0, length)));
        assertThat(collector.answer(1).choices())
                .containsExactly(
                        new ChatAnswer.Choice(0, List.of(new Part.Text("a")), length),
                        new ChatAnswer.Choice(
                                1, List.of(new Part.Text("bB"), new Part.ToolCall("c", "get", "{}")), CALLS));
    }

    @Test
    void a_second_finish_only_replaces_a_plain_stop() {
        StreamEventCollector specificFirst = new StreamEventCollector();
        specificFirst.add(
                StreamChunk.made(new StreamEvent.Finished(0, CALLS), new StreamEvent.Finished(0, FinishReason.STOP)));
        assertThat(specificFirst.answer(1).choices().get(0).finish()).isEqualTo(CALLS);

        StreamEventCollector stopFirst = new StreamEventCollector();
        stopFirst.add(
                StreamChunk.made(new StreamEvent.Finished(0, FinishReason.STOP), new StreamEvent.Finished(0, CALLS)));
        assertThat(stopFirst.answer(1).choices().get(0).finish()).isEqualTo(CALLS);
    }

    @Test
    void a_candidate_without_a_finish_has_one_of_no_known_reason() {
        StreamEventCollector collector = new StreamEventCollector();
        collector.add(StreamChunk.made(text("a")));
        assertThat(collector.answer(1).choices().get(0).finish())
                .isEqualTo(FinishReason.of(FinishReason.Kind.OTHER, null));
    }

    @Test
    void a_stream_of_nothing_is_an_answer_of_nothing() {
        assertThat(new StreamEventCollector().answer(5))
                .isEqualTo(new ChatAnswer(null, null, 5, List.of(), null, null));
    }

    @Test
    void arguments_of_no_call_are_malformed() {
        StreamEventCollector collector = new StreamEventCollector();
        assertThatThrownBy(() -> collector.add(StreamChunk.made(piece(0, "{}"))))
                .isInstanceOf(MalformedResponseException.class);
    }

    private static StreamEvent text(String text) {
        return new StreamEvent.TextDelta(0, text);
    }

    private static StreamEvent thinking(String text) {
        return new StreamEvent.ThinkingDelta(0, text);
    }

    private static StreamEvent refusal(String text) {
        return new StreamEvent.RefusalDelta(0, text);
    }

    private static StreamEvent signed(String signature) {
        return new StreamEvent.ThinkingSigned(0, signature, "anthropic");
    }

    private static StreamEvent redacted(String data) {
        return new StreamEvent.ThinkingRedacted(0, data, "anthropic");
    }

    private static StreamEvent call(int call, String id, String name) {
        return new StreamEvent.ToolCallStarted(0, call, id, name, null);
    }

    private static StreamEvent piece(int call, String json) {
        return new StreamEvent.ToolCallDelta(0, call, json);
    }
}
