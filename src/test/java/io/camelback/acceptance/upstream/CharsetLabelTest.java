package io.camelback.acceptance.upstream;

import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.ScriptedBytesProvider;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text is UTF-8, whatever its label says. */
class CharsetLabelTest extends RawAnswerTestBase {
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"application/json; charset=ISO-8859-1", "application/json; charset=utf-16", "text/plain"})
    void E10_json_is_utf_8_whatever_its_label_says(String type) throws Exception {
        byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
        PROVIDER.plays(talk -> answer(talk, type, "identity", body));

        HttpResponse<String> response = DRILL.ask("economy", false);

        assertThat(header(response, "x-camelback-model")).isEqualTo("deepseek");
        assertThat(text(response)).isEqualTo("Grüße, 世界 🐪");
    }

    @Test
    void E10_events_are_utf_8_whatever_their_label_says() throws Exception {
        byte[] body = (ScriptedBytesProvider.event("Grüße, 世界 🐪") + ScriptedBytesProvider.finish()
                        + "data: [DONE]\n\n")
                .getBytes(StandardCharsets.UTF_8);
        PROVIDER.plays(talk -> answer(talk, "text/event-stream; charset=ISO-8859-1", "identity", body));

        assertThat(text(DRILL.ask("economy", true))).isEqualTo("Grüße, 世界 🐪");
    }

    @Test
    void E10_a_request_is_utf_8_whatever_its_label_says() throws Exception {
        DRILL.script("groq-llama").then(SimulatedFault.ok());
        HttpRequest request = HttpRequest.newBuilder(DRILL.gateway().uri("/v1/chat/completions"))
                .header("Content-Type", "application/json; charset=ISO-8859-1")
                .POST(HttpRequest.BodyPublishers.ofString(
                        RunningGateway.chat("groq-llama", false).replace("hi", "Grüße")))
                .build();

        assertThat(DRILL.gateway()
                        .client()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        var received = DRILL.provider("groq-llama").received();
        assertThat(received.get(received.size() - 1)
                        .json()
                        .at("/messages/0/content")
                        .asText())
                .isEqualTo("Grüße");
    }
}
