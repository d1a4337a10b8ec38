package io.camelback.acceptance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.resilience.GatewayRuntime;
import io.camelback.server.GatewayServer;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code /observe/health} says, for those who start, stop and wake. */
class HealthEndpointTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.shipped();

    private static JsonNode bundle(JsonNode health) {
        for (JsonNode check : health.path("checks")) {
            if (check.path("name").asText().equals("bundle")) {
                return check;
            }
        }
        throw new AssertionError(health);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/observe/health", "/observe/health/ready", "/observe/health/live"})
    void a_gateway_that_serves_is_up(String path) throws Exception {
        HttpResponse<String> health = drill.gateway().get(drill.gateway().management(path));
        assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
    }

    @Test
    void chains_that_cannot_answer_now_are_named_and_leave_it_up() throws Exception {
        drill.coolDown(List.of("claude-opus", "gpt"));
        HttpResponse<String> health = drill.gateway().get(drill.gateway().management("/observe/health?data=true"));
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(bundle(Json.read(health.body())).at("/data/chains.down").asText())
                .contains("strict")
                .doesNotContain("premium");
    }

    @Test
    void without_any_usable_link_it_is_alive_and_not_ready(@TempDir Path home) throws Exception {
        RunningGateway.copyHome(home);
        Path file = home.resolve("config/camelback.yaml");
        Files.writeString(file, Files.readString(file).replace("provider: local", "provider: openai"));
        Map<String, String> none = Map.of();
        try (GatewayServer gateway =
                GatewayServer.start(home, "127.0.0.1", 0, 0, none::get, GatewayRuntime.create(Clock.systemUTC()))) {
            HttpResponse<String> ready = get(gateway, "/observe/health/ready?data=true");
            assertThat(ready.statusCode()).as(ready.body()).isEqualTo(503);
            JsonNode bundle = bundle(Json.read(ready.body()));
            assertThat(bundle.at("/data/keys.missing").asText()).contains("OPENAI_API_KEY", "ANTHROPIC_API_KEY");
            assertThat(bundle.at("/data/chains.without.link").asText()).contains("premium", "local");
            assertThat(get(gateway, "/observe/health/live").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> get(GatewayServer gateway, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + gateway.managementPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
