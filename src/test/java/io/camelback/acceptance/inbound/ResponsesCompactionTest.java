package io.camelback.acceptance.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.FixedBytesProvider;
import io.camelback.testkit.GatewayTestCase;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/responses/compact}, by chains of any maker and by OpenAI's Responses alone. */
class ResponsesCompactionTest {
    private static final FixedBytesProvider PROVIDER = new FixedBytesProvider();

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(config -> GatewayTestCase.withoutRetries(config)
            .replace("providers: {}", "providers:\n  openai: { base-url: \"" + PROVIDER.url() + "/v1\" }"));

    private static final String INPUT =
            "'input':[{'type':'message','role':'user','content':[{'type':'input_text','text':'first wish'}]},"
                    + "{'type':'message','role':'assistant','content':[{'type':'output_text','text':'done so'}]},"
                    + "{'type':'function_call','call_id':'c1','name':'shell','arguments':'{}'},"
                    + "{'type':'function_call_output','call_id':'c1','output':'ok'},{'role':'user','content':'second wish'}]";

    private static HttpResponse<String> compact(String model, String input) throws Exception {
        return DRILL.gateway()
                .post(
                        "/v1/responses/compact",
                        ("{'model':'" + model + "','instructions':'be good'," + input
                                        + ",'tools':[{'type':'function','name':'shell'}],'parallel_tool_calls':true}")
                                .replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-haiku", "gemini-flash", "deepseek", "economy"})
    void the_chains_own_model_writes_a_summary_that_any_other_can_read(String model) throws Exception {
        DRILL.gateway().lab.anthropic().answer(SimulatedCompletion.text("What matters."));
        DRILL.gateway().lab.gemini().answer(SimulatedCompletion.text("What matters."));
        DRILL.gateway().lab.compatible().answer(SimulatedCompletion.text("What matters."));

        HttpResponse<String> response = compact(model, INPUT);

        JsonNode body = Json.read(response.body());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(body.path("object").asText()).isEqualTo("response.compaction");
        assertThat(body.path("output")).hasSize(3);
        assertThat(body.at("/output").findValuesAsText("text").subList(0, 2))
                .containsExactly("first wish", "second wish");
        assertThat(body.at("/output/2/role").asText()).isEqualTo("user");
        assertThat(body.at("/output/2/content/0/text").asText()).endsWith("What matters.");
        assertThat(body.at("/usage/input_tokens").asInt()).isPositive();
        assertThat(DRILL.gateway()
                        .post(
                                "/v1/responses",
                                "{\"model\":\"claude-haiku\",\"input\":" + Json.text(body.path("output")) + "}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_next_model_compacts_when_one_fails_and_gets_the_whole_conversation() throws Exception {
        DRILL.script("claude-haiku").always(SimulatedFault.status(529));

        HttpResponse<String> response = compact("claude-haiku", "'models':['gemini-flash']," + INPUT);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        List<RecordedRequest> received = DRILL.gateway().lab.gemini().received();
        assertThat(new String(received.get(received.size() - 1).body()))
                .contains("first wish", "done so", "second wish", "Summarize this conversation")
                .doesNotContain("functionDeclarations");
    }

    @Test
    void openais_responses_compact_by_themselves_where_nobody_else_is_to_read_it() throws Exception {
        AtomicReference<String> sent = new AtomicReference<>();
        PROVIDER.answer(request -> {
            sent.set(request);
            return FixedBytesProvider.Reply.json(
                    200,
                    "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"gpt-6\",\"output\":["
                            + "{\"type\":\"compaction\",\"id\":\"cmp_1\",\"encrypted_content\":\"ENC\"}],"
                            + "\"usage\":{\"input_tokens\":9,\"output_tokens\":3,\"total_tokens\":12}}");
        });

        HttpResponse<String> response = compact("gpt-responses", INPUT);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(sent.get()).contains("{\"type\":\"compaction_trigger\"}").doesNotContain("Summarize");
        JsonNode output = Json.read(response.body()).path("output");
        assertThat(output).hasSize(3);
        assertThat(output.get(2).path("type").asText()).isEqualTo("compaction");
        assertThat(output.get(2).path("encrypted_content").asText()).contains("ENC");
    }

    @Test
    void an_answer_without_a_compaction_is_no_success() throws Exception {
        PROVIDER.answer(
                FixedBytesProvider.Reply.json(
                        200,
                        "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"gpt-6\",\"output\":["
                                + "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"}]}]}"));

        assertThat(compact("gpt-responses", INPUT).statusCode()).isEqualTo(502);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '"',
            value = {"'input':[], input", "'x':1, input"})
    void a_conversation_is_required(String input, String param) throws Exception {
        HttpResponse<String> response = compact("claude-haiku", input);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.read(response.body()).at("/error/param").asText()).isEqualTo(param);
    }
}
