package io.camelback.protocol.anthropic.client;

import static io.camelback.testkit.AnthropicClientFixtures.CODEC;
import static io.camelback.testkit.AnthropicClientFixtures.chunks;
import static io.camelback.testkit.AnthropicClientFixtures.made;
import static io.camelback.testkit.AnthropicClientFixtures.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.FinishReason;
import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
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
import io.camelback.protocol.StreamWriter;
import io.camelback.testkit.AnthropicStreamRules;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Blocks that begin and end one after the other, whatever the provider sends. */
class AnthropicStreamBlocksTest {
    static Stream<Arguments> sequences() {
        return Stream.of(
                arguments("text only", made(text("a"), text(""), text("b")), "[{'type':'text','text':'ab'}]"),
                arguments("nothing", made(), "[]"),
                arguments(
                        "other candidates",
                        made(
                                text("a"),
                                new TextDelta(1, "x"),
                                new ToolCallStarted(1, 0, "c", "f", null),
                                new ToolCallDelta(1, 0, "{}"),
                                text("b")),
                        "[{'type':'text','text':'ab'}]"),
                arguments(
                        "a refusal joins the text",
                        made(text("a"), new RefusalDelta(0, "b")),
                        "[{'type':'text','text':'ab'}]"),
                arguments(
                        "thinking without words opens one block",
                        made(thinking(""), thinking(""), text("a")),
                        "[{'type':'thinking','thinking':'','signature':'cb1::'},{'type':'text','text':'a'}]"),
                arguments(
                        "thinking twice",
                        made(thinking("a"), signed("s1"), thinking("b"), signed("s2")),
                        "[{'type':'thinking','thinking':'a','signature':'cb1:gemini:czE'},"
                                + "{'type':'thinking','thinking':'b','signature':'cb1:gemini:czI'}]"),
                arguments(
                        "a signature after the text",
                        made(text("a"), signed("s1")),
                        "[{'type':'text','text':'a'},{'type':'thinking','thinking':'','signature':'cb1:gemini:czE'}]"),
                arguments(
                        "encrypted thinking",
                        made(thinking("a"), new ThinkingRedacted(0, "x", "anthropic"), text("b")),
                        "[{'type':'thinking','thinking':'a','signature':'cb1::'},{'type':'redacted_thinking','data':'x'},"
                                + "{'type':'text','text':'b'}]"),
                arguments(
                        "a call without arguments",
                        made(call(0, "call_x"), text("a")),
                        "[{'type':'tool_use','id':'call_x','name':'f','input':{}},{'type':'text','text':'a'}]"),
                arguments(
                        "a signed call",
                        made(thinking("t"), new ToolCallStarted(0, 0, "call_x", "f", "CgCALL"), piece(0, "{}")),
                        "[{'type':'thinking','thinking':'t','signature':'cb1::'},"
                                + "{'type':'thinking','thinking':'','signature':'cb1:call:Q2dDQUxM'},"
                                + "{'type':'tool_use','id':'call_x','name':'f','input':{}}]"),
                arguments(
                        "three calls at once",
                        made(
                                call(0, "call_x"),
                                call(1, "call_y"),
                                call(2, "call_z"),
                                piece(2, "{'c'"),
                                piece(0, "{'a':"),
                                piece(1, "{'b':2"),
                                piece(0, "1}"),
                                piece(2, ":3}"),
                                piece(1, "}"),
                                text("end")),
                        "[{'type':'tool_use','id':'call_x','name':'f','input':{'a':1}},"
                                + "{'type':'tool_use','id':'call_y','name':'f','input':{'b':2}},"
                                + "{'type':'tool_use','id':'call_z','name':'f','input':{'c':3}},{'type':'text','text':'end'}]"),
                arguments(
                        "text amid a call",
                        made(call(0, "call_x"), piece(0, "{'a':"), text("b"), piece(0, "1}"), text("c")),
                        "[{'type':'tool_use','id':'call_x','name':'f','input':{'a':1}},{'type':'text','text':'bc'}]"),
                arguments(
                        "a call told twice, and white space after it",
                        made(
                                call(0, "call_x"),
                                piece(0, "{}"),
                                call(0, "call_x"),
                                call(1, "call_y"),
                                piece(0, " \n"),
                                piece(1, "{}")),
                        "[{'type':'tool_use','id':'call_x','name':'f','input':{}},"
                                + "{'type':'tool_use','id':'call_y','name':'f','input':{}}]"),
                arguments("arguments of no call", made(piece(0, "{}"), text("a")), "[{'type':'text','text':'a'}]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sequences")
    void blocks_never_interleave(String name, List<StreamChunk> chunks, String content) {
        ObjectNode message = AnthropicStreamRules.check(written(chunks));

        assertThat(message.path("content").toString()).isEqualTo(content.replace('\'', '"'));
    }

    @Test
    void a_call_is_streamed_as_it_comes_while_it_is_alone() {
        StreamWriter writer = writer();
        writer.write(StreamChunk.made(call(0, "call_x")));

        assertThat(writer.write(StreamChunk.made(piece(0, "{'a")))).contains("partial_json");
        assertThat(writer.write(StreamChunk.made(call(1, "call_y")))).isEmpty();
        assertThat(writer.write(StreamChunk.made(piece(0, "':1}"))))
                .contains("\"index\":0")
                .contains("partial_json");
        assertThat(writer.write(StreamChunk.made(piece(1, "{"))))
                .contains("\"index\":1")
                .contains("call_y");
    }

    @Test
    void trap_27_the_finish_is_held_for_the_usage_that_follows_it() {
        StreamWriter writer = writer();
        String begun = writer.write(StreamChunk.made(new Started("x", "m"), text("a")));

        assertThat(writer.write(StreamChunk.made(new Finished(0, FinishReason.of(FinishReason.Kind.LENGTH, "length")))))
                .isEmpty();
        assertThat(writer.write(StreamChunk.made(new Finished(0, FinishReason.STOP))))
                .isEmpty();
        assertThat(writer.write(StreamChunk.made(new UsageReported(new Usage(100, 70, 5, 15, 0)))))
                .isEmpty();
        ObjectNode message = AnthropicStreamRules.check(begun + writer.end());
        assertThat(message.path("stop_reason").asText()).isEqualTo("max_tokens");
        assertThat(message.path("usage").toString())
                .isEqualTo("{\"input_tokens\":25,\"cache_creation_input_tokens\":5,"
                        + "\"cache_read_input_tokens\":70,\"output_tokens\":15}");
    }

    @Test
    void usage_that_is_known_early_is_told_at_the_start_without_its_output() {
        String start = writer().write(StreamChunk.made(new Started("x", "m"), new UsageReported(Usage.of(9, 3))));

        assertThat(start)
                .contains("\"input_tokens\":9")
                .contains("\"output_tokens\":0")
                .contains("\"id\":\"msg_req-1\"");
    }

    @Test
    void trap_25_half_characters_are_whole_again_when_joined() {
        String sse = written(made(text("\ud83d"), text("\ude00")));

        assertThat(sse).contains("\"text\":\"\\ud83d\"").contains("\"text\":\"\\ude00\"");
        assertThat(AnthropicStreamRules.check(sse)
                        .path("content")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo("😀");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "504,timeout_error",
        "503,overloaded_error",
        "529,overloaded_error",
        "429,rate_limit_error",
        "502,api_error",
        "500,api_error"
    })
    void a_broken_stream_ends_with_an_error_event(int status, String type) {
        StreamWriter writer = writer();
        writer.write(StreamChunk.made(text("a")));

        assertThat(writer.error(GatewayError.of(status, "x", "Broken.")))
                .isEqualTo("event: error\ndata: {\"type\":\"error\"," + "\"error\":{\"type\":\"" + type
                        + "\",\"message\":\"Broken.\"},\"request_id\":\"req-1\"}\n\n");
    }

    private static StreamWriter writer() {
        return CODEC.streamWriter(ChatRequest.builder("auto").stream(true).build(), "req-1", 5);
    }

    private static StreamEvent text(String text) {
        return new TextDelta(0, text);
    }

    private static StreamEvent thinking(String text) {
        return new ThinkingDelta(0, text);
    }

    private static StreamEvent signed(String signature) {
        return new ThinkingSigned(0, signature, "gemini");
    }

    private static StreamEvent call(int call, String id) {
        return new ToolCallStarted(0, call, id, "f", null);
    }

    private static StreamEvent piece(int call, String arguments) {
        return new ToolCallDelta(0, call, arguments.replace('\'', '"'));
    }
}
