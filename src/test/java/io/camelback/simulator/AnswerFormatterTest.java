package io.camelback.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.chat.Usage;
import io.camelback.simulator.protocol.SimulatedCompletion;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers with text, whole and streamed, in each format. */
class AnswerFormatterTest extends SimulatedProviderTestBase {
    @Test
    void openai_answers_as_json() throws Exception {
        provider.answer(SimulatedCompletion.hello().usage(new Usage(9, 4, 1, 3, 2)));

        HttpResponse<String> response = SimulatedRequestCase.OPENAI.send(provider, false);

        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.body())
                .isEqualTo("{\"id\":\"chatcmpl-sim-1\",\"object\":\"chat.completion\",\"created\":1767225600,"
                        + "\"model\":\"sim\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                        + "\"content\":\"Hello from sim.\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":4,\"cache_write_tokens\":1},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":2}},\"service_tier\":\"default\"}");
    }

    @Test
    void openai_streams_a_role_the_tokens_a_finish_and_done() throws Exception {
        HttpResponse<String> response = SimulatedRequestCase.OPENAI.send(provider, true);

        String start = "data: {\"id\":\"chatcmpl-sim-1\",\"object\":\"chat.completion.chunk\",\"created\":1767225600,"
                + "\"model\":\"sim\",\"choices\":[{\"index\":0,\"delta\":";
        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(response.body())
                .isEqualTo(start + "{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n"
                        + start + "{\"content\":\"Hello\"},\"finish_reason\":null}]}\n\n"
                        + start + "{\"content\":\" from\"},\"finish_reason\":null}]}\n\n"
                        + start + "{\"content\":\" sim.\"},\"finish_reason\":null}]}\n\n"
                        + start + "{},\"finish_reason\":\"stop\"}]}\n\n"
                        + "data: [DONE]\n\n");
    }

    @Test
    void openai_streams_usage_only_when_asked() throws Exception {
        provider.answer(SimulatedCompletion.hello().usage(Usage.of(9, 3)));

        String body = SimulatedRequestCase.OPENAI
                .send(provider, true, ",\"stream_options\":{\"include_usage\":true}")
                .body();

        assertThat(body).contains("\"finish_reason\":\"stop\"}],\"usage\":null}\n\n");
        assertThat(body)
                .contains("\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12,");
        assertThat(body).endsWith("}}}\n\ndata: [DONE]\n\n");
    }

    @Test
    void anthropic_answers_as_json() throws Exception {
        provider.answer(SimulatedCompletion.hello().usage(new Usage(9, 4, 1, 3, 0)));

        HttpResponse<String> response = SimulatedRequestCase.ANTHROPIC.send(provider, false);

        assertThat(response.headers().firstValue("request-id")).hasValue("req_sim_1");
        assertThat(response.body())
                .isEqualTo("{\"id\":\"msg_sim_1\",\"type\":\"message\",\"role\":\"assistant\","
                        + "\"model\":\"sim\",\"content\":[{\"type\":\"text\",\"text\":\"Hello from sim.\"}],\"stop_reason\":\"end_turn\","
                        + "\"stop_sequence\":null,\"usage\":{\"input_tokens\":4,\"cache_creation_input_tokens\":1,"
                        + "\"cache_read_input_tokens\":4,\"output_tokens\":3}}");
    }

    @Test
    void anthropic_streams_thinking_and_text_as_blocks() throws Exception {
        provider.answer(
                SimulatedCompletion.text("Hi you").reasoning("Let me", " see.").usage(Usage.of(9, 4)));

        assertThat(SimulatedRequestCase.ANTHROPIC.send(provider, true).body()).isEqualTo("""
                event: message_start
                data: {"type":"message_start","message":{"id":"msg_sim_1","type":"message","role":"assistant","model":"sim",\
                "content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":9,"cache_creation_input_tokens":0,\
                "cache_read_input_tokens":0,"output_tokens":1}}}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Let me"}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":" see."}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,\
                "delta":{"type":"signature_delta","signature":"c2ltdWxhdGVkLXNpZ25hdHVyZQ=="}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: content_block_start
                data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hi"}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":" you"}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":1}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":4}}

                event: message_stop
                data: {"type":"message_stop"}

                """);
    }

    @Test
    void gemini_answers_as_json() throws Exception {
        provider.answer(SimulatedCompletion.hello().usage(new Usage(9, 4, 0, 5, 2)));

        assertThat(SimulatedRequestCase.GEMINI.send(provider, false).body())
                .isEqualTo(
                        "{\"candidates\":[{\"content\":{\"parts\":["
                                + "{\"text\":\"Hello from sim.\"}],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}],"
                                + "\"usageMetadata\":{\"promptTokenCount\":9,\"cachedContentTokenCount\":4,\"candidatesTokenCount\":3,"
                                + "\"thoughtsTokenCount\":2,\"totalTokenCount\":14},\"modelVersion\":\"sim\",\"responseId\":\"sim-1\"}");
    }

    @Test
    void gemini_streams_answers_apart_by_crlf() throws Exception {
        provider.answer(SimulatedCompletion.text("Hi").reasoning("Hm.").usage(new Usage(9, 0, 0, 2, 1)));

        String start = "data: {\"candidates\":[{\"content\":{\"parts\":[";
        String early = "\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":9,\"totalTokenCount\":9},"
                + "\"modelVersion\":\"sim\",\"responseId\":\"sim-1\"}\r\n\r\n";
        assertThat(SimulatedRequestCase.GEMINI.send(provider, true).body())
                .isEqualTo(start + "{\"text\":\"Hm.\",\"thought\":true}],\"role\":\"model\"}," + early
                        + start + "{\"text\":\"Hi\"}],\"role\":\"model\"}," + early
                        + start + "{\"text\":\"\"}],\"role\":\"model\"},\"finishReason\":\"STOP\","
                        + "\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":1,\"thoughtsTokenCount\":1,"
                        + "\"totalTokenCount\":11},\"modelVersion\":\"sim\",\"responseId\":\"sim-1\"}\r\n\r\n");
    }

    @Test
    void gemini_streams_an_array_when_events_were_not_asked_for() throws Exception {
        String body = SimulatedRequestCase.post(
                        provider, "/v1/models/sim:streamGenerateContent", SimulatedRequestCase.GEMINI.body(true, ""))
                .body();

        assertThat(body).startsWith("[{\"candidates\"").endsWith("}]");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void a_provider_can_report_no_usage_and_any_finish(SimulatedRequestCase ask) throws Exception {
        provider.answer(SimulatedCompletion.hello().withoutUsage().finish("brand_new_reason"));

        for (boolean stream : new boolean[] {false, true}) {
            assertThat(ask.send(provider, stream).body())
                    .contains("\"brand_new_reason\"")
                    .doesNotContain("sage\":{\"prompt")
                    .doesNotContain("input_tokens")
                    .doesNotContain("TokenCount");
        }
    }
}
