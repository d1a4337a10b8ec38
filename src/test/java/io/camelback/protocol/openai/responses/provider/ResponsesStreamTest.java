package io.camelback.protocol.openai.responses.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.core.ObjectMappers;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.ResponseStreamEvent;
import io.camelback.chat.ChatAnswer;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.FinishReason;
import io.camelback.chat.StreamChunk;
import io.camelback.chat.StreamEvent;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.protocol.AnswerCollector;
import io.camelback.protocol.ProviderCodec;
import io.camelback.protocol.StreamWriter;
import io.camelback.protocol.anthropic.provider.AnthropicProviderCodec;
import io.camelback.protocol.gemini.provider.GeminiProviderCodec;
import io.camelback.protocol.openai.chat.provider.OpenAiChatProviderCodec;
import io.camelback.testkit.ResponsesFixtures;
import io.camelback.testkit.ResponsesStreamRules;
import io.camelback.testkit.WireFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesStreamTest {
    private static final ChatRequest CODEX =
            ResponsesFixtures.request(ResponsesFixtures.text("request-codex/request.json"));
    private static final FinishReason STOP = FinishReason.of(FinishReason.Kind.STOP, null);

    private static List<StreamChunk> chunks(String fixture) {
        String dialect = fixture.substring(0, fixture.indexOf('/'));
        ProviderCodec reader = switch (dialect) {
            case "openai" -> new OpenAiChatProviderCodec();
            case "anthropic" -> new AnthropicProviderCodec();
            case "gemini" -> new GeminiProviderCodec();
            default -> ResponsesFixtures.DIALECT;
        };
        return WireFixtures.bare(WireFixtures.chunks(reader, WireFixtures.text(fixture)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "openai/stream-plain/stream.sse",
                "openai/stream-tools-interleaved/stream.sse",
                "openai/stream-mistral-whole-call/stream.sse",
                "openai/stream-groq-x-groq/stream.sse",
                "openai/stream-xai-cumulative-usage/stream.sse",
                "openai/stream-no-finish/stream.sse",
                "openai/stream-azure-prompt-filter/stream.sse",
                "openai/stream-n2/stream.sse",
                "openai/stream-gemini-index-zero/stream.sse",
                "openai/stream-name-late/stream.sse",
                "openai/stream-without-index/stream.sse",
                "openai/stream-two-finishes/stream.sse",
                "openai/stream-openrouter-reasoning/stream.sse",
                "openai/stream-logprobs/stream.sse",
                "anthropic/stream-text/stream.sse",
                "anthropic/stream-tools/stream.sse",
                "anthropic/stream-thinking/stream.sse",
                "anthropic/stream-refusal/stream.sse",
                "anthropic/stream-server-tools/stream.sse",
                "anthropic/stream-compatible/stream.sse",
                "gemini/thinking-and-text/events.sse",
                "gemini/parallel-calls/events.sse",
                "gemini/signature-alone/events.sse",
                "gemini/late-parts/events.sse",
                "gemini/prompt-blocked/events.sse",
                "responses/stream-text/stream.sse",
                "responses/stream-reasoning-tools/stream.sse",
                "responses/stream-silent-reasoning/stream.sse",
                "responses/stream-refusal/stream.sse",
                "responses/stream-incomplete/stream.sse",
                "responses/stream-custom-tool/stream.sse",
                "responses/stream-without-deltas/stream.sse",
                "responses/stream-hosted/stream.sse"
            })
    void official_stream_helpers_can_read_what_is_made_of_any_providers_stream(String fixture) throws Exception {
        List<StreamChunk> chunks = chunks(fixture);

        String written = ResponsesFixtures.written(CODEX, chunks);

        ObjectNode response = ResponsesStreamRules.check(written);
        AnswerCollector collector = ResponsesFixtures.DIALECT.collector();
        chunks.forEach(collector::add);
        ChatAnswer whole = collector.answer(1_700_000_000L);
        if (!whole.choices().isEmpty()) {
            assertThat(Json.text(response))
                    .as("the same as without streaming")
                    .isEqualTo(Json.text(ResponsesFixtures.CODEC.writeAnswer(whole, CODEX, "req-1")));
        }
        ResponseAccumulator java = ResponseAccumulator.create();
        for (WireFixtures.Event event : WireFixtures.events(written)) {
            java.accumulate(ObjectMappers.jsonMapper()
                    .readValue(event.data(), ResponseStreamEvent.class)
                    .validate());
        }
        assertThat(java.response().id()).isEqualTo("resp_req-1");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "stream-text",
                "stream-reasoning-tools",
                "stream-silent-reasoning",
                "stream-refusal",
                "stream-incomplete",
                "stream-custom-tool"
            })
    void the_rules_of_the_helper_hold_for_the_providers_own_streams(String name) {
        ResponsesStreamRules.check(ResponsesFixtures.text(name + "/stream.sse").replace("gAAAAA_partial", "later"));
    }

    @Test
    void trap_27_calls_that_come_in_turn_stay_open_and_complete_ones_end_when_the_next_begins() {
        String inTurn = ResponsesFixtures.made(
                new StreamEvent.Started("x", "m"),
                new StreamEvent.ToolCallStarted(0, 0, "a", "n", null),
                new StreamEvent.ToolCallDelta(0, 0, "{\"k\""),
                new StreamEvent.ToolCallStarted(0, 1, "b", "n", null),
                new StreamEvent.ToolCallDelta(0, 1, "{}"),
                new StreamEvent.ToolCallDelta(0, 0, ":1}"),
                new StreamEvent.Finished(0, STOP));
        String oneByOne = ResponsesFixtures.made(
                new StreamEvent.ToolCallStarted(0, 0, "a", "n", null),
                new StreamEvent.ToolCallDelta(0, 0, "{}"),
                new StreamEvent.ToolCallStarted(0, 1, "b", "n", null));

        ObjectNode response = ResponsesStreamRules.check(inTurn);
        ResponsesStreamRules.check(oneByOne);
        assertThat(response.path("output").findValuesAsText("arguments")).containsExactly("{\"k\":1}", "{}");
        assertThat(oneByOne.indexOf("response.output_item.done"))
                .isLessThan(oneByOne.lastIndexOf("response.output_item.added"));
    }

    @Test
    void calls_of_one_id_or_none_get_ids_of_their_own_and_one_without_arguments_an_empty_object() {
        ObjectNode response = ResponsesStreamRules.check(ResponsesFixtures.made(
                new StreamEvent.ToolCallStarted(0, 0, "a", "n", null),
                        new StreamEvent.ToolCallStarted(0, 1, "a", "n", null),
                new StreamEvent.ToolCallStarted(0, 2, null, "n", null),
                        new StreamEvent.ToolCallStarted(0, 0, "a", "n", null)));

        assertThat(response.path("output")).hasSize(3);
        assertThat(response.path("output").findValuesAsText("call_id"))
                .doesNotHaveDuplicates()
                .element(0)
                .isEqualTo("a");
        assertThat(response.path("output").findValuesAsText("arguments")).containsExactly("{}", "{}", "{}");
    }

    @Test
    void a_free_form_call_is_told_once_its_input_is_known() {
        String written = ResponsesFixtures.written(
                CODEX,
                List.of(StreamChunk.made(
                        new StreamEvent.Started("x", "claude"),
                        new StreamEvent.ToolCallStarted(0, 0, "toolu_1", "apply_patch", null),
                        new StreamEvent.ToolCallDelta(0, 0, "{\"input\": \"*** Beg"),
                        new StreamEvent.ToolCallDelta(0, 0, "in\\n\"}"),
                        new StreamEvent.Finished(0, FinishReason.of(FinishReason.Kind.TOOL_CALLS, "tool_use")))));

        ObjectNode response = ResponsesStreamRules.check(written);
        assertThat(response.path("output").get(0).path("type").asText()).isEqualTo("custom_tool_call");
        assertThat(response.path("output").get(0).path("input").asText()).isEqualTo("*** Begin\n");
        assertThat(written).doesNotContain("function_call_arguments");
    }

    @Test
    void trap_10_signed_and_redacted_thinking_and_the_signature_of_a_call_are_carried() {
        ObjectNode response = ResponsesStreamRules.check(ResponsesFixtures.made(
                new StreamEvent.ThinkingDelta(0, "Hm."), new StreamEvent.ThinkingSigned(0, "EqQB", "anthropic"),
                new StreamEvent.ThinkingRedacted(0, "b64", "anthropic"), new StreamEvent.TextDelta(0, "Hi"),
                new StreamEvent.RefusalDelta(0, "No"), new StreamEvent.ToolCallStarted(0, 0, "c1", "n", "CgT")));

        assertThat(response.path("output").findValuesAsText("type"))
                .contains("output_text", "refusal")
                .filteredOn(type -> !type.endsWith("text") && !type.equals("refusal"))
                .containsExactly("reasoning", "reasoning", "message", "reasoning", "function_call");
        assertThat(response.path("output").findValuesAsText("encrypted_content"))
                .containsExactly("cb1:anthropic:s:EqQB", "cb1:anthropic:r:b64", "cb1:call:CgT|c1");
    }

    @Test
    void the_response_goes_out_last_with_the_usage_that_came_after_the_finish() {
        StreamWriter writer = ResponsesFixtures.writer(CODEX);
        writer.write(StreamChunk.made(new StreamEvent.Started("x", "m"), new StreamEvent.TextDelta(0, "Hi")));

        assertThat(writer.write(
                        StreamChunk.made(new StreamEvent.Finished(0, FinishReason.of(FinishReason.Kind.LENGTH, null)))))
                .isEmpty();
        assertThat(writer.write(StreamChunk.made(new StreamEvent.UsageReported(new Usage(9, 4, 1, 5, 2)))))
                .isEmpty();
        assertThat(writer.end())
                .contains(
                        "event: response.incomplete\n",
                        "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}",
                        "\"usage\":{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":4,\"cache_write_tokens\":1},"
                                + "\"output_tokens\":5,\"output_tokens_details\":{\"reasoning_tokens\":2},\"total_tokens\":14}");
    }

    @Test
    void trap_25_a_surrogate_pair_split_over_two_deltas_is_whole_again() {
        String written = ResponsesFixtures.made(
                new StreamEvent.TextDelta(0, "a\ud83d"), new StreamEvent.TextDelta(0, "\ude00b"));

        assertThat(written).contains("\"delta\":\"a\\ud83d\"", "\"delta\":\"\\ude00b\"", "\"text\":\"a\ud83d\ude00b\"");
        ResponsesStreamRules.check(written);
    }

    @Test
    void trap_26_an_event_of_several_lines_or_without_name_is_relayed_in_one_line_with_its_name() {
        StreamWriter writer = ResponsesFixtures.writer(CODEX);

        String data = "{\"type\":\"response.created\",\n\"response\":{}}";

        assertThat(writer.write(new StreamChunk(List.of(), "responses", null, data)))
                .isEqualTo("event: response.created\ndata: {\"type\":\"response.created\",\"response\":{}}\n\n");
    }
}
