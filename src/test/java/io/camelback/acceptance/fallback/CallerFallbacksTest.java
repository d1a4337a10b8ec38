package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.ledger.Ledger;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.LedgerSamples;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Chains that callers make for one request, at every endpoint, streamed and not. */
class CallerFallbacksTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(
            config -> GatewayTestCase.withoutRetries(config)
                    .replace(
                            "\ndeployments:\n",
                            "\ndeployments:\n  router-one: { provider: openrouter, model: any/one, price: { input: 1, output: 2 } }\n"));

    private static final String OPENAI = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private static final List<String> WORDS = List.of("\"models\"", "\"fallbacks\"", "providerOptions", "\"provider\"");

    static Stream<Arguments> fields() {
        return Stream.of(
                        "openai|\"models\":[\"gpt-mini\"]",
                        "openai|\"models\":[\"claude-haiku\",\"gpt-mini\"]",
                        "openai|\"fallbacks\":[\"gpt-mini\"]",
                        "openai|\"fallbacks\":[{\"model\":\"gpt-mini\"}]",
                        "openai|\"fallbacks\":[{\"claude-haiku\":[\"gpt-mini\"]}]",
                        "openai|\"providerOptions\":{\"gateway\":{\"models\":[\"gpt-mini\"]}}",
                        "responses|\"models\":[\"gpt-mini\"]",
                        "responses|\"providerOptions\":{\"gateway\":{\"models\":[\"gpt-mini\"]}}",
                        "anthropic|\"fallbacks\":[{\"model\":\"gpt-mini\"}]",
                        "anthropic|\"models\":[\"gpt-mini\"]",
                        "gemini|\"models\":[\"gpt-mini\"]")
                .map(line -> line.split("\\|"))
                .flatMap(line -> Stream.of(true, false).map(stream -> Arguments.of(line[0], line[1], stream)));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("fields")
    void the_next_model_that_the_caller_names_answers(String api, String field, boolean stream) throws Exception {
        drill.script("claude-haiku").always(SimulatedFault.status(529));

        HttpResponse<String> response = ask(api, "claude-haiku", field, stream);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt-mini");
        assertThat(header(response, "x-camelback-chain")).isEqualTo("gpt-mini");
        assertThat(response.body()).contains("Hello");
        for (var provider : drill.gateway().lab.providers()) {
            provider.received()
                    .forEach(request -> assertThat(new String(request.body())).doesNotContain(WORDS));
        }
        LedgerSamples.soon(() -> assertThat(LedgerSamples.number(
                        ledger(),
                        "SELECT COUNT(*) FROM camelback_attempt WHERE request_id = '"
                                + header(response, "x-camelback-request-id")
                                + "' AND (deployment = chain)"))
                .isEqualTo(2));
    }

    @Test
    void a_request_without_a_model_of_its_own_goes_to_the_first_that_it_lists() throws Exception {
        HttpResponse<String> response = drill.gateway()
                .post("/v1/chat/completions", "{\"models\":[\"gpt-mini\",\"claude-haiku\"]," + OPENAI + "}");

        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt-mini");
    }

    @Test
    void chains_may_be_listed_and_all_their_links_are_asked() throws Exception {
        drill.script("claude-haiku").always(SimulatedFault.status(529));

        HttpResponse<String> response = ask("openai", "claude-haiku", "\"models\":[\"strict\"]", false);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "x-camelback-chain")).isEqualTo("strict");
        assertThat(header(response, "x-camelback-model")).isEqualTo("claude-opus");
    }

    @ParameterizedTest
    @CsvSource({"openai,/error/param", "responses,/error/param", "anthropic,/error/message", "gemini,/error/message"})
    void an_unknown_name_is_told_with_its_place(String api, String where) throws Exception {
        HttpResponse<String> response = ask(api, "claude-haiku", "\"models\":[\"gpt-mini\",\"nobody-1\"]", false);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(Json.read(response.body()).at(where).asText()).contains("models[1]");
        assertThat(response.body()).contains("nobody-1");
        assertThat(drill.askedAny()).isZero();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("\"models\":\"gpt\"", "models"),
                Arguments.of("\"models\":[7]", "models[0]"),
                Arguments.of("\"fallbacks\":[{\"model\":\"\"}]", "fallbacks[0].model"),
                Arguments.of("\"fallbacks\":{}", "fallbacks"),
                Arguments.of(
                        "\"models\":["
                                + IntStream.range(0, 11)
                                        .mapToObj(i -> "\"gpt\"")
                                        .collect(Collectors.joining(",")) + "]",
                        "models[10]"),
                Arguments.of("\"provider\":{\"order\":[\"nobody\"]}", "provider.order[0]"),
                Arguments.of("\"provider\":{\"order\":\"openai\"}", "provider.order"),
                Arguments.of("\"provider\":{\"allow_fallbacks\":\"no\"}", "provider.allow_fallbacks"),
                Arguments.of("\"provider\":{\"sort\":\"luck\"}", "provider.sort"),
                Arguments.of("\"provider\":{\"max_price\":{\"prompt\":\"cheap\"}}", "provider.max_price.prompt"),
                Arguments.of("\"provider\":{\"max_price\":{\"prompt\":-1}}", "provider.max_price.prompt"),
                Arguments.of("\"provider\":{\"only\":[\"nanogpt\"]}", "provider"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void what_cannot_be_read_is_told_with_its_field(String field, String param) throws Exception {
        HttpResponse<String> response = ask("openai", "premium", field, false);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(Json.read(response.body()).at("/error/param").asText()).isEqualTo(param);
        assertThat(drill.askedAny()).isZero();
    }

    static Stream<Arguments> preferences() {
        return Stream.of(
                Arguments.of("{\"order\":[\"openai\"]}", "gpt", "gpt-mini"),
                Arguments.of("{\"order\":[\"google-vertex\",\"OpenAI/default\"]}", "gemini-pro", "gemini-flash"),
                Arguments.of("{\"ignore\":[\"anthropic\"]}", "gpt", "gemini-pro"),
                Arguments.of("{\"only\":[\"gemini\"]}", "gemini-pro", "gemini-flash"),
                Arguments.of("{\"max_price\":{\"prompt\":2,\"completion\":\"10\"}}", "gpt", "gemini-pro"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("preferences")
    void providers_are_asked_as_the_caller_wants_them(String provider, String first, String second) throws Exception {
        String field = "\"provider\":" + provider;
        assertThat(header(ask("openai", "premium", field, false), "x-camelback-model"))
                .isEqualTo(first);
        drill.script(first).always(SimulatedFault.status(500));

        HttpResponse<String> response = ask("openai", "premium", field, true);

        assertThat(header(response, "x-camelback-chain")).isEqualTo("premium");
        List<String> kept = kept(explain("{\"model\":\"premium\"," + field + "," + OPENAI + "}"));
        assertThat(kept).startsWith(first, second);
    }

    @Test
    void the_cheapest_comes_first_where_the_caller_sorts_by_price() throws Exception {
        JsonNode plan = explain("{\"model\":\"claude-opus\",\"models\":[\"premium\"],\"provider\":{\"sort\":\"price\"},"
                + OPENAI + "}");

        assertThat(kept(plan)).startsWith("claude-opus");
        assertThat(kept(plan).indexOf("gpt")).isGreaterThan(1);
    }

    @Test
    void one_that_the_caller_does_not_want_is_in_the_plan_with_the_reason() throws Exception {
        JsonNode plan = explain("{\"model\":\"premium\",\"provider\":{\"ignore\":[\"anthropic\"]}," + OPENAI + "}");

        assertThat(StreamSupport.stream(plan.spliterator(), false)
                        .filter(link -> link.path("deployment").asText().equals("claude-opus"))
                        .map(link -> link.path("reason").asText() + " "
                                + link.path("why").asText()))
                .containsExactly("not_wanted the caller's provider.ignore");
    }

    @Test
    void without_fallbacks_only_the_first_is_asked() throws Exception {
        drill.script("gpt").always(SimulatedFault.status(500));

        HttpResponse<String> only =
                ask("openai", "premium", "\"provider\":{\"order\":[\"openai\"],\"allow_fallbacks\":false}", false);
        HttpResponse<String> first =
                ask("openai", "premium", "\"provider\":{\"ignore\":[\"anthropic\"],\"allow_fallbacks\":false}", false);

        assertThat(header(only, "x-camelback-model")).isEqualTo("gpt-mini");
        assertThat(first.statusCode()).isEqualTo(502);
        assertThat(drill.asked("claude-opus")).isZero();
        assertThat(drill.asked("gemini-pro")).isZero();
    }

    @Test
    void a_breaker_that_is_open_and_a_cooldown_hold_in_a_callers_chain() throws Exception {
        drill.breaker("claude-haiku").transitionToOpenState();
        drill.coolDown(List.of("gpt-mini"));

        HttpResponse<String> response =
                ask("openai", "claude-haiku", "\"models\":[\"gpt-mini\",\"claude-sonnet\"]", false);

        assertThat(header(response, "x-camelback-model")).isEqualTo("claude-sonnet");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
        assertThat(drill.asked("claude-haiku")).isZero();
        assertThat(drill.asked("gpt-mini")).isZero();
    }

    @Test
    void when_all_fail_the_caller_gets_one_error_in_its_own_format() throws Exception {
        drill.script("claude-haiku").always(SimulatedFault.status(500));
        drill.script("gpt-mini").always(SimulatedFault.status(500));

        HttpResponse<String> response = ask("anthropic", "claude-haiku", "\"models\":[\"gpt-mini\"]", false);

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(Json.read(response.body()).path("type").asText()).isEqualTo("error");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("2");
    }

    @Test
    void what_is_openrouters_goes_to_openrouter_as_it_came() throws Exception {
        HttpResponse<String> response = ask(
                "openai",
                "router-one",
                "\"models\":[\"some/other\"],\"provider\":{\"order\":[\"together\"],\"zdr\":true}",
                false);

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode sent = drill.gateway().lab.compatible().received().stream()
                .reduce((one, other) -> other)
                .orElseThrow()
                .json();
        assertThat(sent.at("/provider/order/0").asText()).isEqualTo("together");
        assertThat(sent.at("/models/0").asText()).isEqualTo("some/other");
    }

    @Test
    void anthropics_own_fallbacks_go_to_anthropic_with_their_header() throws Exception {
        HttpResponse<String> response = drill.gateway()
                .post(
                        "/v1/messages",
                        "{\"model\":\"claude-haiku\",\"max_tokens\":9,\"fallbacks\":[{\"model\":\"claude-other\"}],"
                                + OPENAI + "}",
                        "anthropic-beta",
                        "server-side-fallback-2026-07-01");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(drill.provider("claude-haiku").received().stream()
                        .reduce((one, other) -> other)
                        .orElseThrow()
                        .json()
                        .at("/fallbacks/0/model")
                        .asText())
                .isEqualTo("claude-other");
    }

    private static HttpResponse<String> ask(String api, String model, String field, boolean stream) throws Exception {
        String head = "{\"model\":\"" + model + "\",\"stream\":" + stream + "," + field + ",";
        return switch (api) {
            case "openai" -> drill.gateway().post("/v1/chat/completions", head + OPENAI + "}");
            case "responses" -> drill.gateway().post("/v1/responses", head + "\"input\":\"hi\"}");
            case "anthropic" -> drill.gateway().post("/v1/messages", head + "\"max_tokens\":100," + OPENAI + "}");
            default ->
                drill.gateway()
                        .post(
                                "/v1beta/models/" + model
                                        + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent"),
                                "{" + field + ",\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}");
        };
    }

    private static JsonNode explain(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(drill.gateway().management("/v1/explain"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return Json.read(drill.gateway()
                        .client()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .path("plan");
    }

    private static List<String> kept(JsonNode plan) {
        return StreamSupport.stream(plan.spliterator(), false)
                .filter(link -> !link.path("reason").asText().equals("not_wanted"))
                .map(link -> link.path("deployment").asText())
                .toList();
    }

    private static Ledger ledger() {
        return drill.gateway().standalone.gateway().accounts().ledger().orElseThrow();
    }
}
