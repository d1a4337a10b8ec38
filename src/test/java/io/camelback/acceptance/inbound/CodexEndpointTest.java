package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.testkit.FixedBytesProvider;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RawHttpResponse;
import io.camelback.testkit.RawProviderChain;
import io.camelback.testkit.WireBody;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Codex finds over HTTP: how its first dial is answered, what it reads of the models, and how its histories fare.
 *
 * @see <a href="https://github.com/openai/codex/issues/43353">Codex, on the status that ends its dialling</a>
 */
class CodexEndpointTest {
    @RegisterExtension
    private static final FixedBytesProvider PROVIDER = new FixedBytesProvider();

    private static final String MESSAGE =
            "{'type':'response.output_item.done','sequence_number':2,'output_index':0,'item':{'id':'msg_1','type':'message',"
                    + "'role':'assistant','status':'completed','content':[{'type':'output_text','text':'Hi','annotations':[]}]}}";
    private static final String CALL =
            "{'type':'response.output_item.done','sequence_number':1,'output_index':1,'item':{'id':'fc_1','type':"
                    + "'function_call','call_id':'c','name':'f','arguments':'{}','status':'completed'}}";

    @RegisterExtension
    static final GatewayTestCase DRILL = RawProviderChain.drill(
            PROVIDER, GatewayTestCase.SOON, config -> config.replace("  websockets: true\n", "  websockets: false\n"));

    @Test
    @DisplayName(
            "B06 a WebSocket dial, where they are off, is answered 426 with Upgrade, and the POST that follows is served")
    void websocket_dial() throws Exception {
        RawHttpResponse answer = RawHttpClient.send(
                DRILL.gateway().standalone.port(),
                "GET /v1/responses HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                        + "OpenAI-Beta: responses_websockets=2026-02-06\r\n\r\n");

        assertThat(answer.status()).isEqualTo(426);
        assertThat(answer.headers()).containsEntry("upgrade", "HTTP/1.1");
        assertThat(answer.headers().get("connection")).contains("Upgrade");
        assertThat(Json.read(answer.body()).at("/error/code").asText()).isEqualTo("upgrade_required");
        assertThat(DRILL.gateway()
                        .post("/v1/responses", "{\"model\":\"gpt\",\"input\":\"hi\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @DisplayName("B06 each 405 tells what is allowed")
    @ParameterizedTest(name = "B06 {0} {1}: Allow: {2}")
    @CsvSource({
        "GET, /v1/responses, POST",
        "DELETE, /v1/chat/completions, POST",
        "PUT, /v1/messages, POST",
        "GET, /v1/embeddings, POST",
        "DELETE, /v1/models, GET",
        "PATCH, /v1beta/models/gpt, 'GET, POST'"
    })
    void allow(String method, String path, String allowed) throws Exception {
        HttpResponse<String> response = DRILL.gateway()
                .client()
                .send(
                        HttpRequest.newBuilder(DRILL.gateway().uri(path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(header(response, "allow")).isEqualTo(allowed);
    }

    @Test
    @DisplayName("B07 the list of models has the field that Codex reads")
    void models() throws Exception {
        JsonNode list = Json.read(DRILL.gateway()
                .get(DRILL.gateway().uri("/v1/models?client_version=0.153.4"))
                .body());

        assertThat(list.path("models").isArray()).isTrue();
        assertThat(list.path("data")).isNotEmpty();
    }

    @DisplayName("B05 a compacted conversation is only asked of who can read it")
    @ParameterizedTest(name = "B05 {0} goes past Claude; nobody left: 400 that is not to be sent again")
    @ValueSource(
            strings = {
                "{'role':'user','content':'long'},{'type':'compaction_trigger','id':'ct_1'}",
                "{'type':'compaction','id':'cmp_1','encrypted_content':'ALL'},{'role':'user','content':'go on'}"
            })
    void compaction(String items) throws Exception {
        HttpResponse<String> response = DRILL.gateway()
                .post("/v1/responses", ("{'model':'premium','input':[" + items + "]}").replace('\'', '"'));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(Json.read(response.body()).at("/error/code").asText()).isEqualTo("unsupported");
        assertThat(header(response, "x-should-retry")).isEqualTo("false");
        assertThat(DRILL.askedAny()).isZero();
    }

    @DisplayName("B09 a last event without its output is filled with the items that were done")
    @ParameterizedTest(name = "B09 {1} with {0} is filled with the items that were done, in their order")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'output':[], response.completed",
                "'output':null, response.completed",
                "'x':1, response.completed",
                "'output':[], response.incomplete"
            })
    void empty_output(String output, String last) throws Exception {
        PROVIDER.answer(FixedBytesProvider.Reply.stream(
                sse(
                        "{'type':'response.created','sequence_number':0,'response':{'id':'r','output':[]}}",
                        CALL,
                        MESSAGE,
                        "{'type':'" + last + "','sequence_number':3,'response':{'id':'r','status':'completed'," + output
                                + ",'usage':{'input_tokens':1,'output_tokens':2}}}"),
                FixedBytesProvider.End.FIN));

        HttpResponse<String> response =
                DRILL.gateway().post("/v1/responses", "{\"model\":\"raw-responses\",\"input\":\"hi\",\"stream\":true}");

        List<JsonNode> told = WireBody.data(response.body());
        JsonNode end = told.get(told.size() - 1);
        assertThat(end.path("type").asText()).as(response.body()).isEqualTo(last);
        assertThat(end.at("/response/output").findValuesAsText("id")).containsExactly("msg_1", "fc_1");
        assertThat(end.at("/response/usage/output_tokens").asInt()).isEqualTo(2);
        assertThat(end.path("sequence_number").asInt()).isEqualTo(3);
    }

    private static byte[] sse(String... events) {
        StringBuilder text = new StringBuilder();
        for (String event : events) {
            JsonNode json = WireBody.json(event);
            text.append("event: ")
                    .append(json.path("type").asText())
                    .append("\ndata: ")
                    .append(Json.text(json))
                    .append("\n\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
