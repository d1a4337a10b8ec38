package io.camelback.protocol.openai.chat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.FinishReason;
import io.camelback.chat.GatewayError;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.StreamWriter;
import io.camelback.testkit.OpenAiFixtures;
import io.camelback.testkit.OpenAiStreamRules;
import io.camelback.testkit.WireFixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiStreamWriterTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.camelback.testkit.OpenAiFixtures#endedStreams")
    void official_stream_helpers_can_read_what_is_relayed_and_what_is_made(String name) throws Exception {
        List<StreamChunk> chunks = OpenAiFixtures.chunks(OpenAiFixtures.text(name + "/stream.sse"));

        OpenAiStreamRules relayed = OpenAiStreamRules.check(OpenAiFixtures.written(chunks, false));
        OpenAiStreamRules made = OpenAiStreamRules.check(OpenAiFixtures.written(WireFixtures.bare(chunks), false));

        assertThat(relayed.arguments()).hasToString(made.arguments().toString());
        for (StringBuilder arguments : relayed.arguments().values()) {
            assertThat(Json.read(arguments.toString()).isObject()).isTrue();
        }
    }

    @Test
    void the_usage_chunk_is_dropped_unless_it_was_asked_for() {
        List<StreamChunk> chunks = OpenAiFixtures.chunks(OpenAiFixtures.text("stream-plain/stream.sse"));

        assertThat(OpenAiFixtures.written(chunks, false))
                .doesNotContain("\"choices\":[]")
                .contains("\"usage\":null");
        assertThat(OpenAiFixtures.written(chunks, true)).containsOnlyOnce("\"choices\":[],\"usage\":{");
    }

    @Test
    void usage_told_in_another_chunk_is_sent_once_at_the_end_when_asked_for() {
        List<StreamChunk> chunks = OpenAiFixtures.chunks(OpenAiFixtures.text("stream-xai-cumulative-usage/stream.sse"));

        assertThat(OpenAiFixtures.written(chunks, true))
                .containsOnlyOnce("\"choices\":[]")
                .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":3,\"total_tokens\":13");
        assertThat(OpenAiFixtures.written(chunks, false)).doesNotContain("\"choices\":[]");
    }

    @Test
    void chunks_without_choices_are_dropped_and_filter_results_are_relayed() {
        StreamWriter writer = writer(true);

        assertThat(writer.write(relay("{\"type\":\"ping\"}"))).isEmpty();
        assertThat(writer.write(relay("{\"choices\":null,\"id\":\"x\"}"))).isEmpty();
        assertThat(writer.write(relay("{\"choices\":[],\"prompt_filter_results\":[]}")))
                .isEqualTo("data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n");
    }

    @Test
    void data_of_several_lines_goes_out_in_one() {
        assertThat(writer(false).write(relay("{\"choices\":\n[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}")))
                .isEqualTo("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n");
    }

    @Test
    void a_made_stream_has_role_first_thinking_signed_whole_arguments_for_every_call_and_one_finish() {
        String written = made(
                false,
                new StreamEvent.Started("msg_1", "claude-opus"),
                new StreamEvent.ThinkingDelta(0, "Let me "),
                new StreamEvent.ThinkingDelta(0, "see."),
                new StreamEvent.ThinkingSigned(0, "EqQB", "anthropic"),
                new StreamEvent.ThinkingRedacted(0, "b64", "anthropic"),
                new StreamEvent.TextDelta(0, "Hi"),
                new StreamEvent.ToolCallStarted(0, 0, "toolu_1", "now", null),
                new StreamEvent.Finished(0, FinishReason.of(FinishReason.Kind.OTHER, "pause_turn")),
                new StreamEvent.UsageReported(Usage.of(5, 6)));

        String head = "data: {\"id\":\"chatcmpl-req-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
                + "\"model\":\"claude-opus\",\"choices\":[{\"index\":0,\"delta\":";
        String open = ",\"logprobs\":null,\"finish_reason\":null}]}\n\n";
        assertThat(written)
                .isEqualTo(head + "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}" + open
                        + head + "{\"reasoning_content\":\"Let me \"}" + open
                        + head + "{\"reasoning_content\":\"see.\"}" + open
                        + head
                        + "{\"thinking_blocks\":[{\"type\":\"thinking\",\"thinking\":\"Let me see.\",\"signature\":\"EqQB\","
                        + "\"index\":0}]}" + open
                        + head + "{\"thinking_blocks\":[{\"type\":\"redacted_thinking\",\"data\":\"b64\",\"index\":1}]}"
                        + open
                        + head + "{\"content\":\"Hi\"}" + open
                        + head + "{\"tool_calls\":[{\"index\":0,\"id\":\"toolu_1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"now\",\"arguments\":\"\"}}]}" + open
                        + head + "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}" + open
                        + head + "{},\"logprobs\":null,\"finish_reason\":\"tool_calls\"}]}\n\n"
                        + "data: [DONE]\n\n");
        OpenAiStreamRules.check(written);
    }

    @Test
    void a_stream_that_was_cut_ends_with_the_error_and_no_marker() {
        StreamWriter writer = writer(true);
        writer.write(StreamChunk.made(new StreamEvent.TextDelta(0, "Hi")));

        assertThat(writer.error(GatewayError.of(502, "stream_truncated", "The answer was cut.")))
                .isEqualTo(
                        "data: {\"error\":{\"message\":\"The answer was cut. (request id req-1)\",\"type\":\"server_error\","
                                + "\"param\":null,\"code\":\"stream_truncated\"}}\n\n");
    }

    @Test
    void a_finish_that_only_the_end_knows_closes_a_relayed_stream_once() {
        String sse =
                "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\n";

        String written = OpenAiFixtures.written(OpenAiFixtures.chunks(sse), false);

        OpenAiStreamRules.check(written);
        assertThat(written).contains("\"id\":\"c\"").containsOnlyOnce("\"finish_reason\":\"stop\"");
    }

    @Test
    void half_characters_are_escaped_so_that_the_caller_can_join_them() {
        String written = made(
                false,
                new StreamEvent.TextDelta(0, "\ud83d"),
                new StreamEvent.TextDelta(0, "\udc2a"),
                new StreamEvent.Finished(0, FinishReason.STOP));

        assertThat(written).contains("\"content\":\"\\ud83d\"").contains("\"content\":\"\\udc2a\"");
    }

    @Test
    void a_free_form_tool_call_is_relayed_as_it_came_and_collected() {
        String first =
                "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\","
                        + "\"type\":\"custom\",\"custom\":{\"name\":\"patch\",\"input\":\"*** Be\"}}]},\"finish_reason\":null}]}";
        String next = "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,"
                + "\"custom\":{\"input\":\"gin\"}}]},\"finish_reason\":\"tool_calls\"}]}";
        String sse = "data: " + first + "\n\ndata: " + next + "\n\ndata: [DONE]\n\n";
        AnswerCollector collector = OpenAiFixtures.DIALECT.collector();
        OpenAiFixtures.chunks(sse).forEach(collector::add);

        assertThat(OpenAiFixtures.written(OpenAiFixtures.chunks(sse), false)).isEqualTo(sse);
        assertThat(Json.text(collector.answer(1).original().body().at("/choices/0/message/tool_calls")))
                .isEqualTo(
                        "[{\"id\":\"call_1\",\"type\":\"custom\",\"custom\":{\"name\":\"patch\",\"input\":\"*** Begin\"}}]");
    }

    private static StreamChunk relay(String data) {
        return new StreamChunk(List.of(), "openai", null, data);
    }

    private static StreamWriter writer(boolean usage) {
        return OpenAiFixtures.CODEC.streamWriter(
                ChatRequest.builder("auto").stream(true).streamUsage(usage).build(), "req-1", 1L);
    }

    private static String made(boolean usage, StreamEvent... events) {
        List<StreamChunk> chunks = new ArrayList<>();
        for (StreamEvent event : events) {
            chunks.add(StreamChunk.made(event));
        }
        return OpenAiFixtures.written(chunks, usage);
    }
}
