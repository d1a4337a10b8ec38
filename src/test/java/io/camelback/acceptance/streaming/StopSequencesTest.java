package io.camelback.acceptance.streaming;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stop sequences for a provider that has no field for them: the answer is cut here, and the provider told to stop. */
class StopSequencesTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    @ParameterizedTest(name = "streamed: {0}, at {1}")
    @CsvSource({
        "false,four,'one two three '",
        "true,four,'one two three '",
        "true,'e four','one two thre'",
        "true,one,''",
        "false,one,''",
        "true,ten,'one two three four five six'",
        "false,ten,'one two three four five six'"
    })
    void an_answer_ends_before_the_sequence(boolean stream, String stop, String told) throws Exception {
        DRILL.gateway().lab.openAi().answer(SimulatedCompletion.text("one two three four five six"));

        HttpResponse<String> response = ask(stream, stop);

        assertThat(header(response, "x-camelback-model")).as(response.body()).isEqualTo("gpt-responses");
        assertThat(RunningGateway.text(response)).isEqualTo(told);
        assertThat(response.body()).contains("\"finish_reason\":\"stop\"");
        assertThat(DRILL.asked("gpt-responses")).isEqualTo(1);
        JsonNode usage = usage(response.body(), stream);
        assertThat(usage.path("prompt_tokens").asLong()).as(response.body()).isPositive();
        if (!stop.equals("one")) {
            assertThat(usage.path("completion_tokens").asLong()).isPositive();
        }
    }

    private static HttpResponse<String> ask(boolean stream, String stop) throws Exception {
        ObjectNode body = (ObjectNode) Json.read(RunningGateway.chat("gpt-responses", stream));
        body.putArray("stop").add(stop);
        body.putObject("stream_options").put("include_usage", true);
        return DRILL.gateway().post("/v1/chat/completions", Json.text(body));
    }

    private static JsonNode usage(String body, boolean stream) throws Exception {
        String json = !stream
                ? body
                : body.lines()
                        .filter(line -> line.contains("\"usage\":{"))
                        .findFirst()
                        .orElseThrow()
                        .substring("data: ".length());
        return Json.read(json).path("usage");
    }
}
