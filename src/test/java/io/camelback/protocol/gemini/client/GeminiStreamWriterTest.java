package io.camelback.protocol.gemini.client;

import static io.camelback.protocol.gemini.client.GeminiStreamSamples.CODEC;
import static io.camelback.protocol.gemini.client.GeminiStreamSamples.asking;
import static io.camelback.protocol.gemini.client.GeminiStreamSamples.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.FinishReason;
import io.camelback.chat.FinishReason.Kind;
import io.camelback.chat.GatewayError;
import io.camelback.chat.Part;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.StreamEvent.Finished;
import io.camelback.chat.StreamEvent.Started;
import io.camelback.chat.StreamEvent.TextDelta;
import io.camelback.chat.StreamEvent.ThinkingDelta;
import io.camelback.chat.StreamEvent.ThinkingRedacted;
import io.camelback.chat.StreamEvent.ThinkingSigned;
import io.camelback.chat.StreamEvent.ToolCallDelta;
import io.camelback.chat.StreamEvent.ToolCallStarted;
import io.camelback.chat.StreamEvent.UsageReported;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.gemini.ForeignThinkingCarrier;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.testkit.GeminiFixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GeminiStreamWriterTest {
    private static final String TAIL = ",\"modelVersion\":\"claude\",\"responseId\":\"req-1\"}\r\n\r\n";

    @Test
    void a_claude_stream_becomes_one_response_for_each_delta_and_the_finish_stands_in_the_last() {
        String written = made(
                true,
                new Started("msg_1", "claude"),
                new ThinkingDelta(0, "Let me "),
                new ThinkingDelta(0, "see."),
                new ThinkingSigned(0, "EqQB", "anthropic"),
                new ThinkingRedacted(0, "b64", "anthropic"),
                new TextDelta(0, "Okay"),
                new TextDelta(0, ""),
                new ToolCallStarted(0, 0, "toolu_1", "weather", null),
                new ToolCallDelta(0, 0, ""),
                new ToolCallDelta(0, 0, "{\"city\": \"S\\ud8"),
                new ToolCallDelta(0, 0, "3d\\ude00\"}"),
                new ToolCallStarted(0, 1, "toolu_2", "now", null),
                new ToolCallDelta(0, 1, ""),
                new UsageReported(new Usage(472, 0, 0, 89, 9)),
                new Finished(0, FinishReason.of(Kind.TOOL_CALLS, "tool_use")));
        String mark = ForeignThinkingCarrier.pack(List.of(
                new Part.Thinking("Let me see.", "EqQB", null, "anthropic"),
                new Part.Thinking("", null, "b64", "anthropic")));

        assertThat(written)
                .isEqualTo(part("{\"text\":\"Let me \",\"thought\":true}")
                        + part("{\"text\":\"see.\",\"thought\":true}")
                        + part("{\"text\":\"Okay\",\"thoughtSignature\":\"" + mark + "\"}")
                        + part(
                                "{\"functionCall\":{\"id\":\"toolu_1\",\"name\":\"weather\",\"args\":{\"city\":\"S\ud83d\ude00\"}}}")
                        + "data: {\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"id\":\"toolu_2\","
                        + "\"name\":\"now\",\"args\":{}}}],"
                        + "\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":472,"
                        + "\"candidatesTokenCount\":80,\"thoughtsTokenCount\":9,\"totalTokenCount\":561}" + TAIL);
    }

    @Test
    void calls_of_an_openai_stream_that_interleave_are_told_whole_and_in_order() {
        String written = made(
                false,
                new Started("c", "claude"),
                new ToolCallStarted(0, 0, "call_a", "f", null),
                new ToolCallDelta(0, 0, "{\"a\""),
                new ToolCallStarted(0, 1, "call_b", "g", null),
                new ToolCallDelta(0, 1, "{\"b\":2"),
                new ToolCallDelta(0, 0, ":1}"),
                new ToolCallDelta(0, 1, "}"),
                new ToolCallStarted(0, 2, "call_c", "h", null),
                new ToolCallDelta(0, 2, "{}"),
                new Finished(0, FinishReason.of(Kind.TOOL_CALLS, "tool_calls")),
                new UsageReported(Usage.of(1, 2)));

        assertThat(parts(written).stream().map(Json::text))
                .containsExactly(
                        "{\"functionCall\":{\"id\":\"call_a\",\"name\":\"f\",\"args\":{\"a\":1}}}",
                        "{\"functionCall\":{\"id\":\"call_b\",\"name\":\"g\",\"args\":{\"b\":2}}}",
                        "{\"functionCall\":{\"id\":\"call_c\",\"name\":\"h\",\"args\":{}}}");
        assertThat(events(written)).hasSize(3);
        assertThat(written).containsOnlyOnce("finishReason").containsOnlyOnce("usageMetadata");
    }

    static Stream<Arguments> endings() {
        return Stream.of(
                Arguments.of("plain text", "STOP", "", new StreamEvent[] {
                    new TextDelta(0, "a"), new Finished(0, FinishReason.STOP)
                }),
                Arguments.of("nothing at all", "STOP", "", new StreamEvent[0]),
                Arguments.of("two finishes", "MAX_TOKENS", "", new StreamEvent[] {
                    new Finished(0, FinishReason.of(Kind.LENGTH, "length")),
                    new Finished(0, FinishReason.of(Kind.STOP, "stop"))
                }),
                Arguments.of("a refusal", "SAFETY", "", new StreamEvent[] {
                    new StreamEvent.RefusalDelta(0, "No."), new Finished(0, FinishReason.STOP)
                }),
                Arguments.of("a filter", "SAFETY", "", new StreamEvent[] {
                    new Finished(0, FinishReason.of(Kind.CONTENT_FILTER, "content_filter"))
                }),
                Arguments.of("half a character", "STOP", "\ufffd", new StreamEvent[] {
                    new TextDelta(0, "a\ud83d"), new Finished(0, FinishReason.STOP)
                }),
                Arguments.of("a call that was cut", "MAX_TOKENS", "", new StreamEvent[] {
                    new ToolCallStarted(0, 0, "a", "f", null),
                    new ToolCallDelta(0, 0, "{\"x\":"),
                    new Finished(0, FinishReason.of(Kind.LENGTH, "max_tokens"))
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endings")
    void the_last_response_has_a_part_and_the_finish(String name, String reason, String text, StreamEvent[] events) {
        List<ObjectNode> all = events(made(false, events));
        JsonNode last = all.get(all.size() - 1).at("/candidates/0");

        assertThat(last.path("finishReason").textValue()).isEqualTo(reason);
        assertThat(Json.text(last.at("/content/parts"))).isEqualTo("[{\"text\":\"" + text + "\"}]");
        assertThat(all.subList(0, all.size() - 1))
                .noneMatch(event -> event.at("/candidates/0").has("finishReason"));
    }

    @Test
    void trap_25_characters_that_were_split_are_joined() {
        String written = made(
                true,
                new ThinkingDelta(0, "\ud83d"),
                new ThinkingDelta(0, "\udc2a"),
                new TextDelta(0, "a\ud83d"),
                new TextDelta(0, "\udc2ab"),
                new Finished(0, FinishReason.STOP));

        assertThat(parts(written).stream().map(part -> part.path("text").textValue()))
                .containsExactly("\ud83d\udc2a", "a", "\ud83d\udc2ab", "");
    }

    @Test
    void several_choices_finish_together() {
        String written = made(
                false,
                new TextDelta(0, "a"),
                new TextDelta(1, "b"),
                new Finished(1, FinishReason.of(Kind.LENGTH, "length")),
                new Finished(0, FinishReason.STOP));

        assertThat(events(written)).hasSize(3);
        assertThat(Json.text(events(written).get(1))).contains("\"text\":\"b\"", "\"index\":1");
        assertThat(Json.text(events(written).get(2)))
                .contains("\"finishReason\":\"STOP\",\"index\":0", "\"finishReason\":\"MAX_TOKENS\",\"index\":1");
    }

    @Test
    void arguments_for_a_call_that_never_began_are_malformed() {
        StreamWriter writer = CODEC.streamWriter(asking(false), "r", 1);

        assertThatThrownBy(() -> writer.write(StreamChunk.made(new ToolCallDelta(0, 0, "{}"))))
                .isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void what_is_made_can_be_read_again_by_the_provider_s_side() {
        String written = made(
                true,
                new Started("c", "claude"),
                new ThinkingDelta(0, "Hm."),
                new TextDelta(0, "Hi "),
                new TextDelta(0, "there"),
                new ToolCallStarted(0, 0, "call_a", "f", null),
                new ToolCallDelta(0, 0, "{\"a\":1}"),
                new Finished(0, FinishReason.of(Kind.TOOL_CALLS, "tool_calls")),
                new UsageReported(new Usage(5, 2, 0, 7, 3)));
        AnswerCollector collector = new GeminiProviderCodec().collector();
        events(written).forEach(event -> collector.add(new StreamChunk(List.of(), "gemini", null, Json.text(event))));
        ChatAnswer answer = collector.answer(1);

        assertThat(answer.text()).isEqualTo("Hi there");
        assertThat(answer.usage()).isEqualTo(new Usage(5, 2, 0, 7, 3));
        assertThat(answer.choices().get(0).finish().reason()).isEqualTo(Kind.TOOL_CALLS);
        assertThat(answer.choices().get(0).parts()).hasSize(3);
    }

    @Test
    void a_stream_that_broke_ends_with_the_error() {
        StreamWriter writer = CODEC.streamWriter(asking(false), "req-1", 1);
        writer.write(StreamChunk.made(new TextDelta(0, "Hi")));

        assertThat(writer.error(GatewayError.of(502, "stream_truncated", "The answer was cut.")))
                .isEqualTo("data: {\"error\":{\"code\":502,\"message\":\"The answer was cut. (request id req-1)\","
                        + "\"status\":\"UNAVAILABLE\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\","
                        + "\"reason\":\"STREAM_TRUNCATED\",\"domain\":\"camelback\"}]}}\r\n\r\n");
    }

    private static String made(boolean thoughts, StreamEvent... events) {
        List<StreamChunk> chunks = Stream.of(events).map(StreamChunk::made).toList();
        return written(CODEC.streamWriter(asking(thoughts), "req-1", 1), chunks);
    }

    private static String part(String part) {
        return "data: {\"candidates\":[{\"content\":{\"parts\":[" + part + "],\"role\":\"model\"},\"index\":0}]" + TAIL;
    }

    private static List<ObjectNode> events(String written) {
        assertThat(written).endsWith("\r\n\r\n");
        return Stream.of(written.split("\r\n\r\n"))
                .map(event -> GeminiFixtures.parse(event.substring("data: ".length())))
                .toList();
    }

    private static List<JsonNode> parts(String written) {
        List<JsonNode> parts = new ArrayList<>();
        events(written).forEach(event -> event.at("/candidates/0/content/parts").forEach(parts::add));
        return parts;
    }
}
