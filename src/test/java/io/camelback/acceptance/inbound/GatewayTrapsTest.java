package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.ChatRequest;
import io.camelback.chat.Tool;
import io.camelback.json.Json;
import io.camelback.protocol.ToolNames;
import io.camelback.protocol.anthropic.provider.AnthropicProviderCodec;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.StreamTranscript;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of docs/wire-formats.md, section 9 that only the running gateway can show. */
class GatewayTrapsTest extends GatewayTrapsTestBase {
    private static final String MCP = "files/read.all";

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {true, false})
    void trap_20_an_mcp_tool_is_called_by_its_own_name_though_the_provider_knows_another(boolean stream)
            throws Exception {
        ChatRequest asked =
                ChatRequest.builder("m").tool(new Tool(MCP, null, null, null)).build();
        String safe = ToolNames.of(asked, new AnthropicProviderCodec().toolNames())
                .sent(asked)
                .tools()
                .get(0)
                .name();
        DRILL.provider("claude-opus").answer(SimulatedCompletion.hello().toolCall(safe, "{\"path\":\"/tmp\"}"));

        HttpResponse<String> response = DRILL.gateway()
                .post(
                        CHAT,
                        json("{'model':'claude-opus','stream':" + stream
                                + ",'messages':[{'role':'user','content':'Read.'}],'tools':[{'type':'function','function':{'name':'"
                                + MCP
                                + "'}}]}"));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(last("claude-opus").json().at("/tools/0/name").asText()).isEqualTo(safe);
        assertThat(response.body()).contains("\"name\":\"" + MCP + "\"").doesNotContain(safe);
    }

    @ParameterizedTest(name = "{0} bytes at a time")
    @ValueSource(ints = {1, 7, 4096})
    void trap_26_events_with_every_freedom_of_the_format_are_read(int bytes) throws Exception {
        String chunk = "{\"id\":\"c\",\"model\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},"
                + "\"finish_reason\":%s}]}";
        String sse = "\uFEFF: hello\r\rid: 7\rretry: 5\rdata:" + chunk.formatted("Grüße ", "null") + "\r\r"
                + ":\r\n\r\nevent: ping\r\ndata:\r\n\r\ndata: "
                + chunk.formatted("\uD83D\uDC2A", "null").replace(",", ",\r\ndata: ")
                + "\r\n\r\ndata: " + chunk.formatted("!", "\"stop\"") + "\n";
        DRILL.script("deepseek").then(SimulatedFault.rawSse(sse, bytes));

        StreamTranscript transcript = StreamTranscript.of(DRILL.ask("deepseek", true));

        assertThat(transcript.text()).isEqualTo("Grüße \uD83D\uDC2A!");
        assertThat(transcript.finishes()).containsExactly("stop");
        assertThat(transcript.errors()).isEmpty();
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {true, false})
    void trap_38_thinking_in_the_text_is_no_text_for_another_dialects_caller(boolean stream) throws Exception {
        DRILL.provider("deepseek")
                .answer(SimulatedCompletion.text("<think>They ask. Hm.</think>Yes, two humps.")
                        .tokens(25));

        HttpResponse<String> response = DRILL.gateway()
                .post(
                        MESSAGES,
                        json("{'model':'deepseek','max_tokens':99,'stream':" + stream
                                + ",'messages':[{'role':'user','content':'Two?'}]}"));

        assertThat(textOfMessage(response, stream)).isEqualTo("Yes, two humps.");
        assertThat(response.body()).doesNotContain("think>");
    }

    @Test
    void trap_40_an_answer_that_has_begun_is_never_asked_for_again() throws Exception {
        DRILL.provider("claude-opus").answer(SimulatedCompletion.words(6));
        DRILL.script("claude-opus").then(SimulatedFault.cutAfter(2));

        StreamTranscript.of(DRILL.ask("premium", true)).assertBroken("stream_interrupted");
        assertThat(DRILL.askedAny()).isEqualTo(1);
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {true, false})
    void trap_40_after_a_timeout_the_next_link_is_asked_and_the_same_one_not_again(boolean stream) throws Exception {
        DRILL.script("claude-opus").always(SimulatedFault.slowFirstToken(Duration.ofSeconds(20)));

        HttpResponse<String> response = DRILL.ask("premium", stream);

        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt");
        assertThat(DRILL.asked("claude-opus")).isEqualTo(1);
        assertThat(DRILL.askedAny()).isEqualTo(2);
        DRILL.awaitLog("claude-opus no first token in time", "gpt ok");
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {true, false})
    void trap_53_a_clouds_binary_stream_is_no_answer_and_the_next_link_is_asked(boolean stream) throws Exception {
        byte[] head =
                ("HTTP/1.1 200 OK\r\nContent-Type: application/vnd.amazon.eventstream\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] frame =
                ("\0\0\0\u0045\0\0\0\u0020\u0012\u0034:event-type\u0007\0\u0005chunk{\"bytes\":\"e30=\"}\u0001\u0002")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + frame.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(frame, 0, all, head.length, frame.length);
        DRILL.script("claude-opus").then(SimulatedFault.rawBytes(all));

        HttpResponse<String> response = DRILL.ask("premium", stream);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt");
    }

    @Test
    void trap_50_and_54_a_read_that_blocks_is_ended_by_a_watchdog_that_closes_the_call() throws Exception {
        DRILL.provider("claude-opus").answer(SimulatedCompletion.words(6));
        DRILL.script("claude-opus").then(SimulatedFault.stallAfter(2));

        StreamTranscript.of(DRILL.ask("premium", true)).assertBroken("stream_stalled");

        assertThat(last("claude-opus").awaitEnd(GatewayTestCase.SOON)).isTrue();
        assertThat(last("claude-opus").clientGone()).isTrue();
    }

    static Stream<Arguments> leaks() {
        String body = json("{'error':{'type':'CODE','code':'CODE','message':'" + GatewayTestCase.CANARY
                + " data:image/png;base64,canaryCANARYcanary https://x.invalid/f?key=canary&X-Amz-Signature=canary'}}");
        return Stream.of(400, 401, 403, 404, 413, 422, 429, 500, 503, 529)
                .map(status ->
                        Arguments.of(status, body.replace("CODE", status == 401 ? "invalid_api_key" : "some_error")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("leaks")
    void trap_55_nothing_of_an_error_body_is_logged_or_told(int status, String body) throws Exception {
        DRILL.script("claude-opus").always(SimulatedFault.status(status).body(body));
        DRILL.script("gpt").always(SimulatedFault.errorIn200(body));
        DRILL.script("gemini-pro").always(SimulatedFault.rawSse("data: " + body + "\n\n", 4096));

        List<String> told = new ArrayList<>();
        for (boolean stream : new boolean[] {false, true}) {
            HttpResponse<String> response = DRILL.ask("premium", stream);
            told.add(response.headers().map() + response.body());
        }
        DRILL.awaitLog("premium -> ", "claude-opus");

        assertThat(told).noneMatch(text -> text.contains("canary") || text.contains("evil.example"));
        assertThat(DRILL.log())
                .noneMatch(line -> line.contains("canary") || line.contains("evil.example") || line.contains("sim-"));
    }

    private static String textOfMessage(HttpResponse<String> response, boolean stream) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        StringBuilder text = new StringBuilder();
        if (!stream) {
            Json.read(response.body())
                    .path("content")
                    .forEach(block -> text.append(block.path("text").asText("")));
            return text.toString();
        }
        for (String line : response.body().split("\n")) {
            JsonNode delta =
                    line.startsWith("data: ") ? Json.read(line.substring(6)).path("delta") : Json.object();
            text.append(delta.path("text").asText(""));
        }
        return text.toString();
    }
}
