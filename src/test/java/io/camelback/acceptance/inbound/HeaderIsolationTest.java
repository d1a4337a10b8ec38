package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.chat;
import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.SimulatedProvider;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.InvalidRequestCase;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RawHttpResponse;
import io.camelback.testkit.RunningGateway;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers stop at the endpoint, both ways: a caller's reach no provider, and a provider's reach no caller. */
class HeaderIsolationTest {
    private static final String CHAT = "/v1/chat/completions";

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private static SimulatedProvider elsewhere;

    @BeforeAll
    static void start() {
        elsewhere = SimulatedProvider.start("elsewhere");
    }

    @AfterAll
    static void stop() {
        elsewhere.close();
    }

    /** What a hostile caller may say about itself, about Camel, and about where to go. */
    private static Map<String, String> hostile() {
        return Map.ofEntries(
                Map.entry("CamelHttpUri", elsewhere.url()),
                Map.entry("camelhttpuri", elsewhere.url()),
                Map.entry("CAMELHTTPPATH", "/evil"),
                Map.entry("CamelHttpMethod", "DELETE"),
                Map.entry("CamelHttpQuery", "evil=1"),
                Map.entry("CamelHttpHost", "evil.example"),
                Map.entry("CamelFileName", "/etc/passwd"),
                Map.entry("CamelBeanMethodName", "toString"),
                Map.entry("CamelToEndpoint", "log:evil"),
                Map.entry("Authorization", "Bearer caller-secret"),
                Map.entry("x-api-key", "caller-secret"),
                Map.entry("x-goog-api-key", "caller-secret"),
                Map.entry("api-key", "caller-secret"),
                Map.entry("Cookie", "session=caller-secret"),
                Map.entry("Proxy-Authorization", "Basic caller-secret"),
                Map.entry("x-portkey-custom-host", elsewhere.url()),
                Map.entry("anthropic-beta", "evil"),
                Map.entry("anthropic-version", "evil"),
                Map.entry("OpenAI-Organization", "evil"),
                Map.entry("X-Foo", "evil"),
                Map.entry("Accept-Encoding", "gzip, br"),
                Map.entry("User-Agent", "evil"),
                Map.entry("Accept", "evil/evil"),
                Map.entry("x-camelback-task", "plan"),
                Map.entry("Idempotency-Key", "evil-" + UUID.randomUUID()),
                Map.entry("traceparent", "evil"),
                Map.entry("deployment", "gpt"),
                Map.entry("camelbackTarget", "local"));
    }

    @ParameterizedTest(name = "{0}, streaming {1}")
    @CsvSource({
        "claude-opus, false, x-api-key,      sim-anthropic,     /v1/messages,                                    ''",
        "claude-opus, true,  x-api-key,      sim-anthropic,     /v1/messages,                                    ''",
        "gpt,         false, authorization,  Bearer sim-openai, /v1/chat/completions,                            ''",
        "gpt,         true,  authorization,  Bearer sim-openai, /v1/chat/completions,                            ''",
        "gemini-pro,  false, x-goog-api-key, sim-gemini,        /v1beta/models/gemini-4-argon:streamGenerateContent, alt=sse",
        "gemini-pro,  true,  x-goog-api-key, sim-gemini,        /v1beta/models/gemini-4-argon:streamGenerateContent, alt=sse"
    })
    void a_provider_sees_one_credential_and_nothing_of_the_callers(
            String deployment, boolean stream, String credential, String key, String path, String query)
            throws Exception {
        List<String> lines = new ArrayList<>();
        hostile().forEach((name, value) -> lines.add(name + ": " + value));
        String parameters = hostile().entrySet().stream()
                .map(one -> one.getKey() + "=" + encode(one.getValue()))
                .collect(Collectors.joining("&"));

        RawHttpResponse response = RawHttpClient.post(
                DRILL.gateway().standalone.port(), CHAT + "?" + parameters, lines, chat(deployment, stream));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).contains("Hello");
        assertThat(response.headers()).containsEntry("x-camelback-model", deployment);
        List<RecordedRequest> all = DRILL.provider(deployment).received();
        RecordedRequest received = all.get(all.size() - 1);
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.path()).isEqualTo(path);
        assertThat(received.query()).isEqualTo(query);
        assertThat(received.header(credential)).isEqualTo(key);
        assertThat(received.headers().get(credential)).hasSize(1);
        Set<String> allowed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        allowed.addAll(List.of(
                "host",
                "content-type",
                "content-length",
                "connection",
                "user-agent",
                "accept-encoding",
                "x-camelback-hop",
                credential));
        if (deployment.equals("claude-opus")) {
            allowed.add("anthropic-version");
        }
        assertThat(received.header("accept-encoding")).isEqualTo("identity");
        assertThat(allowed).containsAll(received.headers().keySet());
        assertThat(received.headers().toString() + new String(received.body(), StandardCharsets.UTF_8))
                .doesNotContain("evil", "caller-secret", elsewhere.url(), "Camel");
        assertThat(elsewhere.accepted())
                .as("connections to where the caller pointed")
                .isZero();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void addresses_and_keys_in_the_body_lead_nowhere() throws Exception {
        String fields = Stream.of("api_base", "base_url", "api_key", "custom_llm_provider")
                .map(name -> "\"" + name + "\":\"" + elsewhere.url() + "\"")
                .collect(Collectors.joining(","));

        HttpResponse<String> response = DRILL.gateway().post(CHAT, InvalidRequestCase.with(fields));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(elsewhere.accepted()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(booleans = {false, true})
    void h09_of_a_providers_headers_only_its_limits_and_its_id_come_back(boolean stream) throws Exception {
        String answer =
                "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-6-sol\",\"choices\":"
                        + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}";
        DRILL.script("gpt")
                .then(SimulatedFault.status(200)
                        .header("Set-Cookie", "a=leak")
                        .header("openai-organization", "leak")
                        .header("openai-processing-ms", "7")
                        .header("x-request-id", "req_theirs")
                        .header("x-goog-api-key", "leak")
                        .header("access-control-allow-origin", "*")
                        .header("Refresh", "0;url=leak")
                        .header("x-should-retry", "true")
                        .header("x-ratelimit-remaining-requests", "1")
                        .header("cf-ray", "leak")
                        .header("Server", "leak")
                        .header("x-camelback-model", "leak")
                        .header("CamelHttpResponseCode", "500")
                        .body(answer));

        HttpResponse<String> response = DRILL.ask("gpt", stream);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(RunningGateway.text(response)).isEqualTo("Hello");
        assertThat(Set.of(
                        "content-type",
                        "content-length",
                        "transfer-encoding",
                        "cache-control",
                        "x-accel-buffering",
                        "x-camelback-request-id",
                        "x-request-id",
                        "request-id",
                        "x-camelback-chain",
                        "x-camelback-attempts",
                        "x-camelback-complexity",
                        "x-camelback-model",
                        "x-camelback-cost-usd",
                        "x-ratelimit-limit-requests",
                        "x-ratelimit-remaining-requests",
                        "x-ratelimit-reset-requests"))
                .containsAll(response.headers().map().keySet());
        assertThat(response.headers().map().toString()).doesNotContain("leak");
        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt");
        assertThat(header(response, "x-request-id")).isEqualTo("req_theirs");
        assertThat(header(response, "x-ratelimit-remaining-requests")).isEqualTo("1");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"a", "req-1", "4f0c:7.x_Y-z", "0123456789"})
    void a_harmless_request_id_is_kept(String id) throws Exception {
        HttpResponse<String> good = DRILL.ask("premium", false, "x-request-id", id);
        HttpResponse<String> bad = DRILL.ask("nobody", false, "x-request-id", id);
        HttpResponse<String> untyped = DRILL.gateway().post("/v1/nothing", "{}", "x-request-id", id);

        assertThat(List.of(
                        header(good, "x-camelback-request-id"),
                        header(bad, "x-camelback-request-id"),
                        header(untyped, "x-camelback-request-id")))
                .containsOnly(id);
        assertThat(bad.body()).contains("(request id " + id + ")");
    }

    static Stream<String> a_harmful_request_id_is_replaced() {
        return Stream.of("two words", "a\"b", "<b>", "${body}", "a;b", "a,b", "x".repeat(129), "x".repeat(300), " ");
    }

    @ParameterizedTest(name = "[{0}]")
    @MethodSource
    void a_harmful_request_id_is_replaced(String id) throws Exception {
        for (String model : List.of("premium", "nobody")) {
            HttpResponse<String> response = DRILL.ask(model, false, "x-request-id", id);

            assertThat(header(response, "x-camelback-request-id")).matches("req_[0-9a-f]{24}");
            assertThat(response.headers().map().toString() + response.body())
                    .doesNotContain(id.isBlank() ? "(request id )" : id);
        }
    }

    @Test
    void every_request_has_an_id_of_its_own() throws Exception {
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            ids.add(header(DRILL.ask("nobody", false), "x-camelback-request-id"));
        }

        assertThat(ids).hasSize(20);
    }
}
