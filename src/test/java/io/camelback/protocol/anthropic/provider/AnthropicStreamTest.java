package io.camelback.protocol.anthropic.provider;

import static io.camelback.testkit.AnthropicFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.chat.BillingDetails;
import io.camelback.chat.FinishReason;
import io.camelback.chat.FinishReason.Kind;
import io.camelback.chat.Part;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.StreamEvent.Finished;
import io.camelback.chat.StreamEvent.RefusalDelta;
import io.camelback.chat.StreamEvent.Started;
import io.camelback.chat.StreamEvent.TextDelta;
import io.camelback.chat.StreamEvent.ThinkingDelta;
import io.camelback.chat.StreamEvent.ThinkingRedacted;
import io.camelback.chat.StreamEvent.ThinkingSigned;
import io.camelback.chat.StreamEvent.ToolCallDelta;
import io.camelback.chat.StreamEvent.ToolCallStarted;
import io.camelback.chat.StreamEvent.UsageReported;
import io.camelback.chat.Usage;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.StreamReader;
import io.camelback.testkit.AnthropicFixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicStreamTest {
    private static final String HAIKU = "claude-haiku-4-5-20251001";

    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of(
                        "stream-text",
                        true,
                        List.of(
                                new Started("msg_1", HAIKU),
                                used(new Usage(100, 70, 5, 1, 0)),
                                new TextDelta(0, "Hel"),
                                new TextDelta(0, "lo"),
                                new Finished(0, new FinishReason(Kind.STOP, "stop_sequence", "END")),
                                used(new Usage(100, 70, 5, 15, 0)),
                                used(new Usage(101, 70, 5, 16, 0)))),
                Arguments.of(
                        "stream-tools",
                        true,
                        List.of(
                                new Started("msg_2", HAIKU),
                                used(Usage.of(472, 2)),
                                new TextDelta(0, "Okay"),
                                new ToolCallStarted(0, 0, "toolu_1", "get_weather", null),
                                new ToolCallDelta(0, 0, "{\"city\": \"S\\ud8"),
                                new ToolCallDelta(0, 0, "3d\\ude00\"}"),
                                new ToolCallStarted(0, 1, "toolu_2", "now", null),
                                new ToolCallDelta(0, 1, "{}"),
                                new Finished(0, FinishReason.of(Kind.TOOL_CALLS, "tool_use")),
                                used(Usage.of(472, 89)))),
                Arguments.of(
                        "stream-thinking",
                        true,
                        List.of(
                                new Started("msg_3", "claude-opus-5"),
                                used(Usage.of(9, 1)),
                                new ThinkingDelta(0, ""),
                                new ThinkingDelta(0, "2+2"),
                                new ThinkingSigned(0, "EqQBCgIYAg==", "anthropic"),
                                new ThinkingRedacted(0, "EmwKAhgB", "anthropic"),
                                new TextDelta(0, "4"),
                                new Finished(0, FinishReason.of(Kind.STOP, "end_turn")),
                                used(new Usage(9, 0, 0, 40, 32)))),
                Arguments.of(
                        "stream-refusal",
                        true,
                        List.of(
                                new Started("msg_4", "claude-opus-5"),
                                used(Usage.of(30, 1)),
                                new RefusalDelta(0, "This request was declined."),
                                new Finished(0, FinishReason.of(Kind.CONTENT_FILTER, "refusal")),
                                used(Usage.of(30, 1)))),
                Arguments.of(
                        "stream-server-tools",
                        true,
                        List.of(
                                new Started("msg_5", "claude-sonnet-5"),
                                used(Usage.of(100, 3)),
                                opaque("{'type':'server_tool_use','id':'srvtoolu_1','name':'web_search','input':{}}"),
                                opaque("{'type':'web_search_tool_result','tool_use_id':'srvtoolu_1','content':[{'type':"
                                        + "'web_search_result','title':'Camel','url':'https://example.com/camel',"
                                        + "'encrypted_content':'Eo8=','page_age':null}]}"),
                                new TextDelta(0, "Two humps."),
                                new Finished(0, FinishReason.of(Kind.STOP, "pause_turn")),
                                used(Usage.of(150, 20)
                                        .with(new BillingDetails(0, null, Map.of("web-search", 1L), List.of()))))),
                Arguments.of(
                        "stream-cut",
                        false,
                        List.of(
                                new Started("msg_6", "claude-sonnet-5"),
                                used(Usage.of(50, 3)),
                                new ToolCallStarted(0, 0, "toolu_1", "get_weather", null),
                                new ToolCallDelta(0, 0, "{\"ci"))),
                Arguments.of(
                        "stream-compatible",
                        true,
                        List.of(
                                new Started("06a1", "MiniMax-M3"),
                                new ThinkingDelta(0, "Hm"),
                                new ThinkingSigned(0, "c2ln", "anthropic"),
                                new TextDelta(0, "Look"),
                                new ToolCallStarted(0, 0, "call_function_1", "get_weather", null),
                                new ToolCallDelta(0, 0, "{\"city\":\"Oslo\"}"),
                                new Finished(0, FinishReason.of(Kind.TOOL_CALLS, "end_turn")),
                                used(Usage.of(30, 12)))));
    }

    private static StreamEvent opaque(String block) {
        return new StreamEvent.OpaqueContent(
                0, new Part.Opaque("anthropic", AnthropicFixtures.object(block.replace('\'', '"'))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void streams(String fixture, boolean whole, List<StreamEvent> expected) {
        StreamReader reader = new AnthropicProviderCodec().streamReader();
        List<StreamEvent> events = new ArrayList<>();
        for (String event : AnthropicFixtures.text(fixture + "/stream.sse").split("\n\n")) {
            String name = event.startsWith("event: ") ? event.substring(7, event.indexOf('\n')) : null;
            events.addAll(reader.read(name, object(event.substring(event.indexOf("data: ") + 6))));
        }

        assertThat(events).isEqualTo(expected);
        assertThat(reader.finished()).isEqualTo(whole);
        assertThat(reader.terminated()).isEqualTo(whole);
        assertThat(reader.end()).isEmpty();
    }

    @Test
    void the_event_name_stands_in_for_a_missing_type() {
        assertThat(new AnthropicStreamReader()
                        .read("message_start", object("{\"message\":{\"id\":\"m\",\"model\":\"x\"}}")))
                .containsExactly(new Started("m", "x"));
    }

    @Test
    void full_input_at_the_start_gives_way_to_the_pieces_that_follow() {
        StreamReader reader = new AnthropicStreamReader();
        reader.read(
                null,
                object("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                        + "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"b\",\"input\":{\"x\":1}}}"));

        assertThat(reader.read(
                        null,
                        object("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                                + "{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}}")))
                .containsExactly(new ToolCallDelta(0, 0, "{}"));
        assertThat(reader.read(null, object("{\"type\":\"content_block_stop\",\"index\":0}")))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":\"message_start\"}",
                "{\"type\":\"content_block_start\",\"index\":0}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"name\":\"b\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\"}}"
            })
    void what_is_no_event_of_this_dialect_is_malformed(String data) {
        assertThatThrownBy(() -> new AnthropicStreamReader().read(null, object(data)))
                .isInstanceOf(MalformedResponseException.class);
    }

    private static UsageReported used(Usage usage) {
        return new UsageReported(usage);
    }
}
