package io.camelback.protocol.anthropic.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.chat.ChatAnswer;
import io.camelback.chat.StreamChunk;
import io.camelback.json.Json;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.MalformedResponseException;
import io.camelback.testkit.AnthropicClientFixtures;
import io.camelback.testkit.AnthropicFixtures;
import io.camelback.testkit.AnthropicStreamRules;
import io.camelback.testkit.WireFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicCollectorTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "stream-text",
                "stream-tools",
                "stream-thinking",
                "stream-refusal",
                "stream-server-tools",
                "stream-compatible"
            })
    void a_stream_collects_to_the_message_that_would_have_come_at_once(String name) {
        ChatAnswer answer =
                collected(AnthropicClientFixtures.chunks("anthropic", AnthropicFixtures.text(name + "/stream.sse")));

        assertThat(WireFixtures.pretty(answer.original().body()))
                .isEqualTo(AnthropicFixtures.text(name + "/collected.json"));
        assertThat(answer.created()).isEqualTo(7);
        assertThat(Json.text(AnthropicClientFixtures.CODEC.writeAnswer(answer, null, "req-1")))
                .isEqualTo(Json.text(answer.original().body()));
    }

    @Test
    void it_means_what_the_events_mean() {
        List<StreamChunk> chunks =
                AnthropicClientFixtures.chunks("anthropic", AnthropicFixtures.text("stream-tools/stream.sse"));

        assertThat(AnthropicStreamRules.check(AnthropicClientFixtures.written(chunks))
                        .get("content"))
                .isEqualTo(collected(chunks).original().body().get("content"));
    }

    @Test
    void blocks_and_fields_unknown_to_us_survive() {
        ChatAnswer answer = collected(List.of(
                event("{'type':'message_start','message':{'id':'m','model':'x','diagnostics':{'a':1.50}}}"),
                event(
                        "{'type':'content_block_start','index':0,'content_block':{'type':'hologram','shape':'','size':1,'v':[1]}}"),
                event(
                        "{'type':'content_block_delta','index':0,'delta':{'type':'hologram_delta','shape':'ca','size':2,'v':[2]}}"),
                event(
                        "{'type':'content_block_delta','index':0,'delta':{'type':'hologram_delta','shape':'mel','hue':{'r':1}}}"),
                event("{'type':'message_delta','delta':{'stop_reason':'end_turn','container':{'id':'c'}},"
                        + "'context_management':{'applied_edits':[]},'usage':{'output_tokens':5}}"),
                event("{'type':'message_delta','delta':{'stop_reason':null},'usage':{'output_tokens':6}}"),
                event("{'type':'message_stop'}"),
                event("{'type':'content_block_start','index':1,'content_block':{'type':'text','text':'late'}}")));

        assertThat(Json.text(answer.original().body()))
                .isEqualTo(("{'id':'m','type':'message','role':'assistant','model':'x',"
                                + "'diagnostics':{'a':1.50},'stop_reason':'end_turn','container':{'id':'c'},"
                                + "'context_management':{'applied_edits':[]},'content':[{'type':'hologram','shape':'camel','size':2,'v':[1,2],"
                                + "'hue':{'r':1}}],'usage':{'output_tokens':6}}")
                        .replace('\'', '"'));
    }

    @Test
    void trap_24_a_call_that_was_cut_keeps_no_half_of_its_arguments() {
        ChatAnswer answer = collected(List.of(
                event("{'type':'message_start','message':{'id':'m','model':'x'}}"),
                event("{'type':'content_block_start','index':0,'content_block':"
                        + "{'type':'tool_use','id':'a','name':'f','input':{}}}"),
                event(
                        "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta','partial_json':'{'}}"),
                event("{'type':'message_delta','delta':{'stop_reason':'max_tokens'},'usage':{'output_tokens':5}}")));

        assertThat(answer.original()
                        .body()
                        .path("content")
                        .path(0)
                        .path("input")
                        .toString())
                .isEqualTo("{}");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{'type':'message_delta','delta':{}}",
                "{'type':'content_block_start','index':0}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'a'}}",
                "[]",
                "{",
                "{'type':'ping'}"
            })
    void what_is_no_message_is_malformed(String data) {
        assertThatThrownBy(() -> collected(List.of(event(data)))).isInstanceOf(MalformedResponseException.class);
    }

    private static StreamChunk event(String data) {
        return new StreamChunk(List.of(), "anthropic", null, data.replace('\'', '"'));
    }

    private static ChatAnswer collected(List<StreamChunk> chunks) {
        AnswerCollector collector = AnthropicClientFixtures.DIALECT.collector();
        chunks.forEach(collector::add);
        return collector.answer(7);
    }
}
