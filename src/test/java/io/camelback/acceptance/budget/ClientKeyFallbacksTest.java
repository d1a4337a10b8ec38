package io.camelback.acceptance.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.testkit.GatewayTestCase;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client key allows beside a request's own model: the fallbacks that it names, and a WebSocket. */
class ClientKeyFallbacksTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.shipped();

    private static String secret;

    @BeforeAll
    static void make_a_key() throws Exception {
        secret = make("tests", "{}").path("secret").asText();
    }

    private static JsonNode make(String name, String settings) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(drill.gateway().management("/api/keys"))
                .header("x-camelback-action", "1")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"action\":\"create\",\"name\":\"" + name + "\",\"settings\":" + settings + "}"))
                .build();
        HttpResponse<String> made = drill.gateway().client().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        return Json.read(made.body());
    }

    @Test
    void fallbacks_that_a_caller_names_are_refused_as_its_other_models_are() throws Exception {
        String few = "Bearer "
                + make("two", "{\"models\":[\"gpt-mini\",\"economy\"]}")
                        .path("secret")
                        .asText();
        String body = "{\"model\":\"gpt-mini\",\"models\":[\"economy\",\"%s\"],"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

        HttpResponse<String> refused =
                drill.gateway().post("/v1/chat/completions", String.format(body, "claude-opus"), "Authorization", few);
        HttpResponse<String> allowed =
                drill.gateway().post("/v1/chat/completions", String.format(body, "economy"), "Authorization", few);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Json.read(refused.body()).at("/error/code").asText()).isEqualTo("model_not_allowed");
        assertThat(Json.read(refused.body()).at("/error/param").asText()).isEqualTo("models[1]");
        assertThat(allowed.statusCode()).isEqualTo(200);
    }

    @Test
    void a_websocket_dial_wants_a_key_as_every_request_does() {
        URI uri = URI.create("ws://127.0.0.1:" + drill.gateway().standalone.port() + "/v1/responses");

        assertThatThrownBy(() -> drill.gateway()
                        .client()
                        .newWebSocketBuilder()
                        .header("Authorization", "Bearer wrong")
                        .buildAsync(uri, new WebSocket.Listener() {})
                        .join())
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(401));
        drill.gateway()
                .client()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + secret)
                .buildAsync(uri, new WebSocket.Listener() {})
                .join()
                .abort();
    }
}
