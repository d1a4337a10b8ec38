package io.camelback.acceptance.budget;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.ledger.Ledger;
import io.camelback.simulator.SimulatedProvider;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.RunningGateway;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A gateway that has client keys: who comes in, by which endpoint, and what the key may do. */
class ClientKeysTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.shipped();

    private static final String GOOGLE = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
    private static final String MESSAGES =
            "{\"model\":\"gpt-mini\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static String secret;
    private static String id;

    @BeforeAll
    static void make_a_key() throws Exception {
        JsonNode key = make("tests", "{}");
        secret = key.path("secret").asText();
        id = key.path("id").asText();
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

    static Stream<Arguments> endpoints() {
        return Stream.of(
                Arguments.of(
                        "/v1/chat/completions",
                        RunningGateway.chat("gpt-mini", false),
                        "/error/code",
                        "invalid_api_key"),
                Arguments.of(
                        "/v1/chat/completions",
                        RunningGateway.chat("gpt-mini", true),
                        "/error/code",
                        "invalid_api_key"),
                Arguments.of("/v1/messages", MESSAGES, "/error/type", "authentication_error"),
                Arguments.of("/v1/messages/count_tokens", MESSAGES, "/error/type", "authentication_error"),
                Arguments.of(
                        "/v1/responses", "{\"model\":\"gpt-mini\",\"input\":\"hi\"}", "/error/code", "invalid_api_key"),
                Arguments.of("/v1beta/models/gpt-mini:generateContent", GOOGLE, "/error/status", "UNAUTHENTICATED"),
                Arguments.of(
                        "/v1/embeddings",
                        "{\"model\":\"embed-small\",\"input\":\"hi\"}",
                        "/error/code",
                        "invalid_api_key"),
                Arguments.of(
                        "/v1beta/models/embed-small:embedContent",
                        "{\"content\":{\"parts\":[{\"text\":\"hi\"}]}}",
                        "/error/status",
                        "UNAUTHENTICATED"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpoints")
    void every_endpoint_wants_a_key_and_says_so_in_its_dialect(String path, String body, String where, String what)
            throws Exception {
        HttpResponse<String> without = drill.gateway().post(path, body);

        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(Json.read(without.body()).at(where).asText())
                .as(without.body())
                .isEqualTo(what);
        assertThat(header(without, "x-camelback-request-id")).startsWith("req_");
        assertThat(header(without, "WWW-Authenticate")).startsWith("Bearer");
        assertThat(drill.askedAny()).isZero();
        assertThat(drill.gateway()
                        .post(path, body, "Authorization", "Bearer " + secret)
                        .statusCode())
                .isEqualTo(200);
    }

    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of("Authorization", "/v1/messages", new String[] {"Authorization", "bearer " + "KEY"}),
                Arguments.of("x-api-key", "/v1/chat/completions", new String[] {"x-api-key", "KEY"}),
                Arguments.of("beside a key of another", "/v1/messages", new String[] {
                    "Authorization", "Bearer sk-ant-1", "x-api-key", "KEY"
                }),
                Arguments.of("Google's header", "/v1beta/models/gpt-mini:generateContent", new String[] {
                    "x-goog-api-key", "KEY"
                }),
                Arguments.of(
                        "Google's query", "/v1beta/models/gpt-mini:generateContent?alt=json&key=KEY", new String[0]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void a_key_is_found_where_clients_put_it_and_goes_no_further(String name, String path, String[] headers)
            throws Exception {
        String body = path.startsWith("/v1beta")
                ? GOOGLE
                : path.equals("/v1/messages") ? MESSAGES : RunningGateway.chat("gpt-mini", false);
        String[] filled =
                Stream.of(headers).map(text -> text.replace("KEY", secret)).toArray(String[]::new);

        HttpResponse<String> response = drill.gateway().post(path.replace("KEY", secret), body, filled);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        for (SimulatedProvider provider : drill.gateway().lab.providers()) {
            assertThat(provider.received())
                    .allSatisfy(received -> assertThat(text(received)).doesNotContain(secret, "sk-ant-1"));
        }
        assertThat(drill.log()).noneMatch(line -> line.contains(secret));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("nothing behind Bearer", (Wrong) right -> "Bearer "),
                Arguments.of("no scheme", (Wrong) right -> right),
                Arguments.of("one letter differs", (Wrong)
                        right -> "Bearer " + right.substring(0, 45) + (right.endsWith("a") ? "b" : "a")),
                Arguments.of("the same first 20 letters", (Wrong) right -> "Bearer " + right.substring(0, 20)),
                Arguments.of("one letter more", (Wrong) right -> "Bearer " + right + "a"),
                Arguments.of("SQL", (Wrong) right -> "Bearer cb-' OR 1=1--"),
                Arguments.of("a long one", (Wrong) right -> "Bearer cb-" + "x".repeat(6_000)),
                Arguments.of("another scheme", (Wrong) right -> "Basic " + right));
    }

    interface Wrong {
        String of(String right);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void H22_whatever_is_wrong_with_a_key_the_answer_is_the_same(String name, Wrong wrong) throws Exception {
        HttpResponse<String> response =
                drill.ask("gpt-mini", false, "Authorization", wrong.of(secret), "x-request-id", "req_1");
        HttpResponse<String> none = drill.ask("gpt-mini", false, "x-request-id", "req_1");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEqualTo(none.body()).doesNotContain(secret.substring(0, 10));
        assertThat(response.headers().map().keySet())
                .isEqualTo(none.headers().map().keySet());
        assertThat(drill.askedAny()).isZero();
    }

    @Test
    void H22_a_key_of_a_megabyte_is_not_even_read() throws Exception {
        HttpResponse<String> response = drill.ask("gpt-mini", false, "x-api-key", "cb-" + "x".repeat(1 << 20));

        assertThat(response.statusCode()).isEqualTo(431);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inner")
    void H23_a_client_key_opens_no_inner_room(String path) throws Exception {
        HttpResponse<String> response =
                get(drill.gateway().uri(path), "Authorization", "Bearer " + secret, "Origin", "https://evil.example");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(header(response, "Access-Control-Allow-Origin")).isNull();
    }

    static Stream<String> inner() {
        return Stream.of(
                "/admin", "/config", "/metrics", "/observe/metrics", "/observe/health", "/api/state", "/api/keys");
    }

    @Test
    void H23_no_foreign_page_reads_the_management_port_with_a_key() throws Exception {
        HttpResponse<String> response = get(
                drill.gateway().management("/api/state"),
                "Authorization",
                "Bearer " + secret,
                "Origin",
                "https://evil.example");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(header(response, "Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void a_key_may_be_for_some_models_only() throws Exception {
        String few = "Bearer "
                + make("few", "{\"models\":[\"gpt-mini\",\"economy\"]}")
                        .path("secret")
                        .asText();

        assertThat(drill.ask("gpt-mini", false, "Authorization", few).statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = drill.ask("claude-opus", false, "Authorization", few);
        HttpResponse<String> unknown = drill.ask("nobody", false, "Authorization", few);
        HttpResponse<String> list = get(drill.gateway().uri("/v1/models"), "Authorization", few);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("model_not_allowed", "It allows: economy, gpt-mini.");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("It allows: economy, gpt-mini.").doesNotContain("claude");
        assertThat(Json.read(list.body()).path("data"))
                .filteredOn(model -> !model.path("kind").asText().equals("alias"))
                .extracting(model -> model.path("id").asText())
                .containsExactlyInAnyOrder("economy", "gpt-mini");
        assertThat(drill.asked("claude-opus")).isZero();
    }

    @Test
    void K13_one_key_has_one_budget_at_all_endpoints() throws Exception {
        JsonNode key = make("spender", "{\"budget\":{\"month\":\"100\"}}");
        String bearer = "Bearer " + key.path("secret").asText();
        String whose = " WHERE client_key = '" + key.path("id").asText() + "'";
        for (Arguments endpoint : endpoints().toList()) {
            String path = (String) endpoint.get()[0];
            drill.gateway().post(path, (String) endpoint.get()[1], "Authorization", bearer);
        }
        Ledger ledger = drill.gateway().ledger();

        LedgerSamples.soon(
                () -> assertThat(LedgerSamples.number(ledger, "SELECT COUNT(*) FROM camelback_request" + whose))
                        .isEqualTo(7));
        LedgerSamples.soon(() -> assertThat(LedgerSamples.number(
                        ledger,
                        "SELECT settled FROM camelback_budget WHERE budget = 'key:"
                                + key.path("id").asText() + ":month'"))
                .isPositive()
                .isEqualTo(LedgerSamples.number(ledger, "SELECT SUM(micro_dollars) FROM camelback_attempt" + whose)));
    }

    @Test
    void K13_a_budget_that_is_used_up_is_so_at_all_endpoints() throws Exception {
        String bearer = "Bearer "
                + make("poor", "{\"budget\":{\"day\":\"0\"}}").path("secret").asText();
        for (Arguments endpoint : endpoints()
                .filter(endpoint -> !((String) endpoint.get()[0]).endsWith("count_tokens"))
                .toList()) {
            HttpResponse<String> response = drill.gateway()
                    .post((String) endpoint.get()[0], (String) endpoint.get()[1], "Authorization", bearer);
            assertThat(response.statusCode()).as((String) endpoint.get()[0]).isEqualTo(429);
        }
        assertThat(drill.askedAny()).isZero();
    }

    @Test
    void those_who_only_ask_whether_somebody_is_here_need_no_key() throws Exception {
        assertThat(get(drill.gateway().uri("/")).statusCode()).isEqualTo(200);
        assertThat(get(drill.gateway().uri("/api/hello")).statusCode()).isEqualTo(200);
        assertThat(id).startsWith("key_");
    }

    private static String text(RecordedRequest received) {
        return received.path()
                + received.query()
                + received.headers()
                + new String(received.body(), StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> get(URI uri, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        List<String> pairs = List.of(headers);
        for (int i = 0; i < pairs.size(); i += 2) {
            request.header(pairs.get(i), pairs.get(i + 1));
        }
        return drill.gateway().client().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
