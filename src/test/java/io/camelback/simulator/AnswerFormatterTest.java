package io.camelback.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.ResponsesStreamRules;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerFormatterTest {
    private static final String OPENAI_TOOLS =
            ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}]";
    private static final String ANTHROPIC_TOOLS =
            ",\"tools\":[{\"name\":\"get_weather\",\"input_schema\":{\"type\":\"object\"}}]";
    private static final String RESPONSES_TOOLS =
            ",\"tools\":[{\"type\":\"function\",\"name\":\"get_weather\",\"parameters\":{}}]";
    private static final String GEMINI_TOOLS = ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"get_weather\"}]}]";
    private static final Map<SimulatedRequestCase, String> TOOLS = Map.of(
            SimulatedRequestCase.OPENAI,
            OPENAI_TOOLS,
            SimulatedRequestCase.RESPONSES,
            RESPONSES_TOOLS,
            SimulatedRequestCase.ANTHROPIC,
            ANTHROPIC_TOOLS,
            SimulatedRequestCase.GEMINI,
            GEMINI_TOOLS);

    private final SimulatedProvider provider = SimulatedProvider.start("test");

    @AfterEach
    void close() {
        provider.close();
    }

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
    void a_scripted_tool_is_called_when_tools_are_offered(SimulatedRequestCase ask) throws Exception {
        provider.answer(SimulatedCompletion.hello().toolCall("get_weather", "{\"city\":\"Oslo\"}"));

        String without = ask.send(provider, false).body();
        JsonNode with = Json.read(ask.send(provider, false, TOOLS.get(ask)).body());

        assertThat(without).contains("Hello from sim.").doesNotContain("get_weather");
        String expected = switch (ask) {
            case OPENAI ->
                "{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":[{\"id\":\"call_sim_2_0\","
                        + "\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
                        + "\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}}]}";
            case RESPONSES ->
                "[{\"id\":\"fc_sim_2_0\",\"type\":\"function_call\",\"status\":\"completed\","
                        + "\"call_id\":\"call_sim_2_0\",\"name\":\"get_weather\",\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}]";
            case ANTHROPIC ->
                "[{\"type\":\"tool_use\",\"id\":\"toolu_sim_2_0\",\"name\":\"get_weather\","
                        + "\"input\":{\"city\":\"Oslo\"}}]";
            case GEMINI ->
                "{\"parts\":[{\"functionCall\":{\"name\":\"get_weather\",\"args\":{\"city\":\"Oslo\"}},"
                        + "\"thoughtSignature\":\"c2ltdWxhdGVkLXRob3VnaHQ=\"}],\"role\":\"model\"}";
        };
        JsonNode said = switch (ask) {
            case OPENAI -> with.at("/choices/0/message");
            case RESPONSES -> with.at("/output");
            case ANTHROPIC -> with.at("/content");
            case GEMINI -> with.at("/candidates/0/content");
        };
        assertThat(said.toString()).isEqualTo(expected);
        assertThat(with.toString())
                .containsAnyOf(
                        "\"finish_reason\":\"tool_calls\"",
                        "\"stop_reason\":\"tool_use\"",
                        "\"STOP\"",
                        "\"completed\"");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void the_result_of_a_tool_is_answered_with_the_text(SimulatedRequestCase ask) throws Exception {
        provider.answer(SimulatedCompletion.text("It is cold.").toolCall("get_weather", "{}"));
        String conversation = switch (ask) {
            case OPENAI ->
                "\"model\":\"sim\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"-5\"}]";
            case RESPONSES ->
                "\"model\":\"sim\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                        + "{\"type\":\"function_call_output\",\"call_id\":\"1\",\"output\":\"-5\"}]";
            case ANTHROPIC ->
                "\"model\":\"sim\",\"messages\":[{\"role\":\"user\",\"content\":["
                        + "{\"type\":\"tool_result\",\"tool_use_id\":\"1\",\"content\":\"-5\"}]}]";
            case GEMINI ->
                "\"contents\":[{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"get_weather\"}}]}]";
        };

        String body = SimulatedRequestCase.post(provider, ask.path(false), "{" + conversation + TOOLS.get(ask) + "}")
                .body();

        assertThat(body).contains("It is cold.").doesNotContain("call_sim", "toolu_sim", "functionCall\"");
    }

    @Test
    void openai_streams_a_tool_call_in_fragments() throws Exception {
        provider.answer(SimulatedCompletion.hello().toolCall("get_weather", "{\"city\":\"Oslo\"}"));

        String body =
                SimulatedRequestCase.OPENAI.send(provider, true, OPENAI_TOOLS).body();

        assertThat(body)
                .contains("\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"call_sim_1_0\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"get_weather\",\"arguments\":\"\"}}]}");
        assertThat(body).contains("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"cit\"}}]}");
        assertThat(body).contains("{\"arguments\":\"y\\\":\\\"O\"}").contains("{\"arguments\":\"slo\\\"}\"}");
        assertThat(body).contains("\"delta\":{},\"finish_reason\":\"tool_calls\"");
    }

    @Test
    void anthropic_streams_a_tool_call_in_fragments() throws Exception {
        provider.answer(SimulatedCompletion.hello().toolCall("get_weather", "{\"city\":\"Oslo\"}"));

        String body = SimulatedRequestCase.ANTHROPIC
                .send(provider, true, ANTHROPIC_TOOLS)
                .body();

        assertThat(body)
                .contains("\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_sim_1_0\","
                        + "\"name\":\"get_weather\",\"input\":{}}}");
        assertThat(body).contains("{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"cit\"}");
        assertThat(body).contains("\"stop_reason\":\"tool_use\"");
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

    /** A loop of three turns: what is said depends on how far the conversation has come, and on nothing else. */
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void turns_are_told_by_the_results_in_the_conversation(SimulatedRequestCase ask) throws Exception {
        provider.turns(
                SimulatedCompletion.calling("get_weather", "{\"city\":\"Oslo\"}"),
                SimulatedCompletion.calling("get_weather", "{\"city\":\"Bern\"}"),
                SimulatedCompletion.text("Both are cold."));
        String result = switch (ask) {
            case OPENAI -> ",{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"-5\"}";
            case RESPONSES -> ",{\"type\":\"function_call_output\",\"call_id\":\"1\",\"output\":\"-5\"}";
            case ANTHROPIC -> ",{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"1\"}]}";
            case GEMINI -> ",{\"parts\":[{\"functionResponse\":{\"name\":\"get_weather\"}}]}";
        };
        assertThat(ask.send(provider, false, TOOLS.get(ask)).body()).contains("Oslo");
        assertThat(ask.send(provider, false).body()).as("no tools").contains("Both are cold.");
        assertThat(SimulatedRequestCase.post(provider, ask.path(false), after(ask, result, 1))
                        .body())
                .contains("Bern");
        assertThat(SimulatedRequestCase.post(provider, ask.path(false), after(ask, result, 2))
                        .body())
                .contains("Both are cold.");
    }

    private static String after(SimulatedRequestCase ask, String result, int times) {
        String turn = ask == SimulatedRequestCase.GEMINI
                ? "{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}"
                : "{\"role\":\"user\",\"content\":\"Hi\"}";
        String list = switch (ask) {
            case RESPONSES -> "input";
            case GEMINI -> "contents";
            default -> "messages";
        };
        return "{\"model\":\"sim\",\"" + list + "\":[" + turn + result.repeat(times) + "]" + TOOLS.get(ask) + "}";
    }

    @Test
    void embeddings_keep_the_order_and_depend_on_the_text_alone() throws Exception {
        JsonNode first = Json.read(
                SimulatedRequestCase.post(provider, "/v1/embeddings", "{\"model\":\"e\",\"input\":[\"a\",\"b\"]}")
                        .body());
        JsonNode second =
                Json.read(SimulatedRequestCase.post(provider, "/v1/embeddings", "{\"model\":\"e\",\"input\":\"b\"}")
                        .body());

        assertThat(first.at("/data/1/index").asInt()).isEqualTo(1);
        assertThat(first.at("/data/1/embedding"))
                .hasSize(8)
                .isEqualTo(second.at("/data/0/embedding"))
                .isNotEqualTo(first.at("/data/0/embedding"));
        assertThat(first.at("/usage/total_tokens").asInt()).isPositive();
    }

    @Test
    void embeddings_come_in_base64_when_asked() throws Exception {
        JsonNode body = Json.read(SimulatedRequestCase.post(
                        provider,
                        "/v1/embeddings",
                        "{\"model\":\"e\",\"input\":\"b\",\"dimensions\":4,\"encoding_format\":\"base64\"}")
                .body());

        assertThat(body.at("/data/0/embedding").binaryValue()).hasSize(16);
    }

    @Test
    void gemini_embeds_and_counts() throws Exception {
        String content = "{\"content\":{\"parts\":[{\"text\":\"a\"}]}}";
        String batch = SimulatedRequestCase.post(
                        provider, "/v1beta/models/e:batchEmbedContents", "{\"requests\":[" + content + "]}")
                .body();
        String single = SimulatedRequestCase.post(provider, "/v1beta/models/e:embedContent", content)
                .body();
        String count = SimulatedRequestCase.post(provider, "/v1beta/models/e:countTokens", "{}")
                .body();

        assertThat(Json.read(batch).at("/embeddings/0/values"))
                .isEqualTo(Json.read(single).at("/embedding/values"))
                .hasSize(8);
        assertThat(count).isEqualTo("{\"totalTokens\":1}");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"text", "tool", "cut"})
    void responses_stream_by_the_rules_of_the_official_client(String what) throws Exception {
        SimulatedCompletion said =
                SimulatedCompletion.text("Well, hello there.").reasoning("Let me ", "think.");
        provider.answer(
                what.equals("tool")
                        ? said.toolCall("get_weather", "{\"city\":\"Oslo\"}")
                        : what.equals("cut") ? said.finish("max_output_tokens") : said);

        ObjectNode last = ResponsesStreamRules.check(SimulatedRequestCase.RESPONSES
                .send(provider, true, RESPONSES_TOOLS)
                .body());
        JsonNode whole = Json.read(SimulatedRequestCase.RESPONSES
                .send(provider, false, RESPONSES_TOOLS)
                .body());

        assertThat(Json.text(last.get("output")).replace("_sim_1", "_sim_2")).isEqualTo(Json.text(whole.get("output")));
        assertThat(last.path("status").asText()).isEqualTo(what.equals("cut") ? "incomplete" : "completed");
        assertThat(last.at("/output/0/summary/0/text").asText()).isEqualTo("Let me think.");
    }

    @Test
    void responses_counts_tokens() throws Exception {
        assertThat(SimulatedRequestCase.post(provider, "/v1/responses/input_tokens", "{\"model\":\"sim\"}")
                        .body())
                .isEqualTo("{\"object\":\"response.input_tokens\",\"input_tokens\":3}");
    }

    @Test
    void anthropic_counts_tokens() throws Exception {
        assertThat(SimulatedRequestCase.post(provider, "/v1/messages/count_tokens", "{\"model\":\"sim\"}")
                        .body())
                .isEqualTo("{\"input_tokens\":3}");
    }

    @Test
    void the_list_of_models_has_the_dialect_of_the_headers() throws Exception {
        provider.models("one", "two");

        String openAi = SimulatedRequestCase.get(provider, "/v1/models").body();
        String anthropic = SimulatedRequestCase.get(provider, "/v1/models", "anthropic-version", "2023-06-01")
                .body();
        String gemini = SimulatedRequestCase.get(provider, "/v1beta/models").body();

        assertThat(openAi).startsWith("{\"object\":\"list\",\"data\":[{\"id\":\"one\",\"object\":\"model\"");
        assertThat(anthropic).endsWith("\"has_more\":false,\"first_id\":\"one\",\"last_id\":\"two\"}");
        assertThat(gemini).startsWith("{\"models\":[{\"name\":\"models/one\"");
    }

    @Test
    void another_path_is_not_found() throws Exception {
        HttpResponse<String> response = SimulatedRequestCase.post(provider, "/v1/nothing", "{}");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("Invalid URL (POST /v1/nothing)");
    }
}
