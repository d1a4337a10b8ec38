package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers whose schemas are chosen to keep the gateway busy: they get their answers, and others theirs. */
class HostileClientsTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(config -> GatewayTestCase.patient(
                    GatewayTestCase.withoutRetries(config), Duration.ofSeconds(20))
            .replace("  premium: { deadline: 600s }", "  premium: { quality: { json-schema: true, share: 100 } }"));

    private static final String ANSWER = "\"" + "a".repeat(40) + "\"";

    /** 2 to the 40 steps. */
    private static ObjectNode doubling() {
        ObjectNode schema = Json.object().put("$ref", "#/$defs/d0");
        ObjectNode definitions = schema.putObject("$defs");
        for (int i = 0; i < 40; i++) {
            String next = "#/$defs/d" + (i + 1);
            definitions
                    .putObject("d" + i)
                    .putArray("allOf")
                    .add(Json.object().put("$ref", next))
                    .add(Json.object().put("$ref", next));
        }
        definitions.putObject("d40").put("type", "string");
        return schema;
    }

    private static String asking(ObjectNode schema, boolean stream) {
        ObjectNode body = Json.object().put("model", "premium").put("stream", stream);
        body.putArray("messages").addObject().put("role", "user").put("content", "Who?");
        body.putObject("response_format")
                .put("type", "json_schema")
                .putObject("json_schema")
                .put("name", "x")
                .set("schema", schema);
        return Json.text(body);
    }

    private static ObjectNode hostile(String kind) {
        return kind.equals("schema") ? doubling() : Json.object().put("pattern", kind);
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @CsvSource({"^(a*)*\\1$, false", "^(a*)*\\1$, true", "schema, false", "schema, true"})
    void what_cannot_be_judged_is_given_and_marked(String kind, boolean stream) throws Exception {
        drill.script("claude-opus").always(SimulatedFault.ok(SimulatedCompletion.text(ANSWER)));

        HttpResponse<String> response = drill.gateway().post("/v1/chat/completions", asking(hostile(kind), stream));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(RunningGateway.text(response)).isEqualTo(ANSWER);
        assertThat(header(response, "x-camelback-quality")).isEqualTo("unjudged");
        assertThat(header(response, "x-camelback-review")).isEqualTo("suggested");
        assertThat(header(response, "x-camelback-model")).isEqualTo("claude-opus");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
        assertThat(drill.failures("claude-opus")).isZero();
        drill.record();
        String explained = drill.gateway()
                .get(drill.gateway().management("/v1/explain?id=" + header(response, "x-camelback-request-id")))
                .body();
        assertThat(Json.read(explained).at("/attempts/0/unjudged").asBoolean())
                .as(explained)
                .isTrue();
        assertThat(drill.gateway()
                        .get(drill.gateway().management("/observe/metrics"))
                        .body())
                .contains("camelback_quality_unjudged_total{chain=\"premium\",deployment=\"claude-opus\"}");
    }

    @Test
    void fifty_of_them_keep_nobody_from_an_answer_on_either_port() throws Exception {
        drill.script("claude-opus").always(SimulatedFault.ok(SimulatedCompletion.text(ANSWER)));
        List<CompletableFuture<HttpResponse<String>>> hostile = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String body = asking(hostile(i % 2 == 0 ? "schema" : "^(a*)*\\1$"), i % 3 == 0);
            hostile.add(drill.gateway()
                    .client()
                    .sendAsync(
                            drill.gateway().request("/v1/chat/completions", body),
                            HttpResponse.BodyHandlers.ofString()));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(drill.ask("strict", false).statusCode()).isEqualTo(200);
            assertThat(drill.gateway()
                            .get(drill.gateway().management("/observe/health"))
                            .statusCode())
                    .isEqualTo(200);
        }
        HttpResponse<String> usual = drill.gateway()
                .post(
                        "/v1/chat/completions",
                        asking(Json.object().put("type", "string").put("pattern", "^a+$"), false));
        assertThat(header(usual, "x-camelback-quality"))
                .as("a usual schema among them")
                .isNull();

        for (CompletableFuture<HttpResponse<String>> response : hostile) {
            assertThat(header(response.get(60, TimeUnit.SECONDS), "x-camelback-quality"))
                    .isEqualTo("unjudged");
            assertThat(RunningGateway.text(response.get())).isEqualTo(ANSWER);
        }
    }
}
