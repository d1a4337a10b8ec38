package io.camelback.protocol.anthropic.client;

import static io.camelback.testkit.AnthropicClientFixtures.chunks;
import static io.camelback.testkit.AnthropicClientFixtures.written;
import static io.camelback.testkit.WireFixtures.bare;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent.UsageReported;
import io.camelback.chat.Usage;
import io.camelback.testkit.AnthropicFixtures;
import io.camelback.testkit.AnthropicStreamRules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicClientStreamTest {
    /** Every synthesized stream is one the official accumulator takes, and byte for byte the one expected. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "openai/stream-plain",
                "openai/stream-tools-interleaved",
                "openai/stream-openrouter-reasoning",
                "openai/stream-mistral-whole-call",
                "openai/stream-name-late",
                "openai/stream-xai-cumulative-usage",
                "openai/stream-n2",
                "gemini/parallel-calls",
                "gemini/thinking-and-text",
                "gemini/signature-alone",
                "gemini/prompt-blocked",
                "anthropic/stream-thinking",
                "anthropic/stream-tools",
                "anthropic/stream-refusal",
                "anthropic/stream-text",
                "anthropic/stream-compatible"
            })
    void a_stream_of_any_provider_becomes(String path) {
        String sse = written(bare(recorded(path)));

        AnthropicStreamRules.check(sse);
        assertThat(sse)
                .isEqualTo(
                        AnthropicFixtures.text("made/" + path.replace('/', '-').replace("stream-", "") + ".sse"));
    }

    /** All recorded streams of OpenAI's dialect, odd ones included, keep the rules. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "stream-azure-prompt-filter",
                "stream-gemini-index-zero",
                "stream-groq-x-groq",
                "stream-logprobs",
                "stream-without-index",
                "stream-two-finishes",
                "stream-no-finish"
            })
    void trap_27_odd_streams_become_proper_ones(String name) {
        AnthropicStreamRules.check(written(bare(recorded("openai/" + name))));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"stream-text", "stream-tools", "stream-thinking", "stream-refusal", "stream-server-tools"})
    void events_of_this_dialect_are_relayed_unchanged(String name) {
        String sse = AnthropicFixtures.text(name + "/stream.sse");
        String end = "data: {\"type\":\"message_stop\"}\n\n";

        assertThat(written(recorded("anthropic/" + name))).isEqualTo(sse.substring(0, sse.indexOf(end) + end.length()));
    }

    @Test
    void counts_that_compatible_servers_leave_out_are_added() {
        ObjectNode message = AnthropicStreamRules.check(relay(
                event(
                        "message_start",
                        "{'type':'message_start','message':{'id':'msg_1','role':'assistant','content':[]}}"),
                event("ping", "{'type':'ping'}"),
                event("message_start", "{'type':'message_start','message':{'id':'msg_2'}}"),
                new StreamChunk(
                        List.of(new UsageReported(Usage.of(9, 7))),
                        "anthropic",
                        null,
                        "{\"type\":\"message_delta\",\n\"delta\":{\"stop_reason\":\"end_turn\"}}")));

        assertThat(message.path("id").asText()).isEqualTo("msg_1");
        assertThat(message.path("usage").path("output_tokens").intValue()).isEqualTo(7);
    }

    @Test
    void nothing_follows_a_relayed_stop() {
        assertThat(relay(event("message_stop", "{'type':'message_stop'}"), event("ping", "{'type':'ping'}")))
                .isEqualTo("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    private static List<StreamChunk> recorded(String path) {
        String provider = path.substring(0, path.indexOf('/'));
        return chunks(
                provider,
                AnthropicClientAnswerTest.resource(path + (provider.equals("gemini") ? "/events.sse" : "/stream.sse")));
    }

    private static String relay(StreamChunk... chunks) {
        return written(List.of(chunks));
    }

    private static StreamChunk event(String name, String data) {
        return new StreamChunk(List.of(), "anthropic", name, data.replace('\'', '"'));
    }
}
