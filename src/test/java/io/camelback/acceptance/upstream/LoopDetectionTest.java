package io.camelback.acceptance.upstream;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camelback.json.Json;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/failures.md H28: a gateway whose providers lead back to it, and one that stands before another. */
class LoopDetectionTest {
    private static final String HOP = "x-camelback-hop";
    private static final String NOWHERE = "http://127.0.0.1:1";
    private static final String CHAIN = """
            - route:
                id: circle
                from:
                  uri: direct:circle
                  steps:
                    - circuitBreaker:
                        resilience4jConfiguration: { circuitBreaker: mirror }
                        steps:
                          - to: kamelet:openai-chat-action/mirror
                        onFallback:
                          steps:
                            - circuitBreaker:
                                resilience4jConfiguration: { circuitBreaker: gpt, throwExceptionWhenHalfOpenOrOpenState: "true" }
                                steps:
                                  - to: kamelet:openai-chat-action/gpt
            """;
    private static RunningGateway gateway;
    private static RunningGateway before;

    /** The first one's providers lead to itself; the second one's lead to the first. */
    @BeforeAll
    static void start(@TempDir Path folder, @TempDir Path second) throws Exception {
        gateway = RunningGateway.start(
                folder, LoopDetectionTest::mirrored, Map.of("routes/chains/circle.camel.yaml", CHAIN));
        String itself = "http://127.0.0.1:" + gateway.standalone.port();
        Path config = folder.resolve("config/camelback.yaml");
        Files.writeString(config, Files.readString(config).replace(NOWHERE, itself));
        await().atMost(GatewayTestCase.SOON)
                .until(() -> gateway.standalone.gateway().version() == 2);
        before = RunningGateway.start(
                second, text -> mirrored(text).replace(NOWHERE, itself).replace("model: mirror ", "model: gpt "));
    }

    private static String mirrored(String config) {
        return GatewayTestCase.withoutRetries(config)
                .replace(
                        "\nproviders: {}\n",
                        "\nproviders:\n  glass: { base-url: \"" + NOWHERE + "/v1\" }\n"
                                + "  mercury: { dialect: anthropic, base-url: \"" + NOWHERE
                                + "\", api-key: sim-none }\n")
                .replace(
                        "\ndeployments:\n",
                        "\ndeployments:\n  mirror: { provider: glass, model: mirror }\n"
                                + "  mirror-claude: { provider: mercury, model: mirror-claude }\n");
    }

    @AfterAll
    static void stop() {
        before.close();
        gateway.close();
    }

    private static RecordedRequest last() {
        List<RecordedRequest> all = gateway.lab.openAi().received();
        return all.get(all.size() - 1);
    }

    @Test
    void H28_a_gateway_that_comes_to_itself_stops_at_the_second_hop() throws Exception {
        for (boolean stream : new boolean[] {false, true}) {
            HttpResponse<String> response = gateway.ask("mirror", stream);

            assertThat(response.statusCode()).isEqualTo(508);
            assertThat(Json.read(response.body()).at("/error/code").asText()).isEqualTo("loop_detected");
            assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
        }
    }

    @Test
    void H28_in_anthropics_dialect_too_and_when_tokens_are_counted() throws Exception {
        String body =
                "{\"model\":\"mirror-claude\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

        assertThat(gateway.post("/v1/messages", body).statusCode()).isEqualTo(508);
        HttpResponse<String> counted = gateway.post("/v1/messages/count_tokens", body);
        assertThat(counted.statusCode()).as("an estimate").isEqualTo(200);
        assertThat(header(counted, "x-camelback-estimated")).isEqualTo("true");
    }

    @Test
    void H28_the_next_link_answers() throws Exception {
        HttpResponse<String> response = gateway.ask("circle", false);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
        assertThat(last().header(HOP)).as("what providers see").matches("[0-9a-f]{12}");
    }

    @Test
    void a_gateway_before_another_one_is_no_loop() throws Exception {
        HttpResponse<String> response = before.ask("mirror", true);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(last().header(HOP)).as("both").matches("[0-9a-f]{12},[0-9a-f]{12}");
    }

    @Test
    void H28_replicas_that_lead_to_each_other_are_found_out_by_their_number() throws Exception {
        String seven = "00000000000a,".repeat(7);

        assertThat(gateway.ask("gpt", false, HOP, seven).statusCode()).isEqualTo(200);
        assertThat(last().header(HOP)).startsWith(seven);
        assertThat(gateway.ask("gpt", false, HOP, seven + "00000000000b").statusCode())
                .isEqualTo(508);
        assertThat(gateway.ask("gpt", false, HOP, "nonsense, 1.1 proxy").statusCode())
                .isEqualTo(200);
        assertThat(last().header(HOP)).matches("[0-9a-f]{12}");
    }
}
