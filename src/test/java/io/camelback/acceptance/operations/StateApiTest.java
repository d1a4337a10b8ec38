package io.camelback.acceptance.operations;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RawHttpResponse;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the dashboard is told: the state, the state as it changes, and what can be done by hand. */
class StateApiTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(GatewayTestCase::withoutRetries);

    private final HttpClient client = HttpClient.newHttpClient();

    /** What earlier tests cooled down is history. */
    @BeforeEach
    void later() {
        drill.gateway().clock.advance(Duration.ofHours(1));
    }

    private static JsonNode state() throws Exception {
        HttpResponse<String> answer = drill.gateway().get(drill.gateway().management("/api/state"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body());
    }

    private static JsonNode named(JsonNode list, String name) {
        for (JsonNode one : list) {
            if (one.path("name").asText().equals(name)) {
                return one;
            }
        }
        throw new AssertionError(name + " is not in " + list);
    }

    private static JsonNode deployment(String name) throws Exception {
        return named(state().path("deployments"), name);
    }

    /** The request of this answer, as soon as it is told. */
    private static JsonNode told(HttpResponse<?> answer) throws Exception {
        String id = header(answer, "x-camelback-request-id");
        List<JsonNode> found = new ArrayList<>();
        GatewayTestCase.soon("request " + id).until(() -> {
            state().path("requests").forEach(one -> {
                if (one.path("id").asText().equals(id)) {
                    found.add(one);
                }
            });
            return !found.isEmpty();
        });
        return found.get(0);
    }

    private HttpResponse<String> act(String json, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(drill.gateway().management("/api/actions"))
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> order(String action, String deployment, String more) throws Exception {
        return act(
                "{\"action\":\"" + action + "\",\"deployment\":\"" + deployment + "\"" + more + "}",
                "x-camelback-action",
                "1");
    }

    @Test
    void a_request_that_fell_over_shows_its_turns_in_order_with_reasons_and_times() throws Exception {
        drill.script("claude-opus").then(SimulatedFault.status(529));

        JsonNode request = told(drill.ask("premium", false));

        assertThat(request.path("chain").asText()).isEqualTo("premium");
        assertThat(request.path("model").asText()).isEqualTo("gpt");
        assertThat(request.path("result").asText()).isEqualTo("answered");
        JsonNode turns = request.path("attempts");
        assertThat(turns.findValuesAsText("deployment")).containsExactly("claude-opus", "gpt");
        assertThat(turns.findValuesAsText("reason")).containsExactly("overload", "ok");
        assertThat(turns.path(0).path("status").asInt()).isEqualTo(529);
        assertThat(turns.path(1).path("input_tokens").asInt()).isPositive();
        assertThat(turns.path(1).path("micro_dollars").asLong()).isPositive();
        assertThat(turns.path(1).path("started_ms").asLong())
                .isGreaterThanOrEqualTo(turns.path(0).path("took_ms").asLong());
        assertThat(request.path("extra_micro_dollars").asLong())
                .as("GPT is cheaper than Claude")
                .isNegative();
        assertThat(request.toString()).doesNotContain("\"hi\"");
    }

    @Test
    void an_outage_tells_since_when_why_who_took_over_and_when_it_ended() throws Exception {
        drill.script("claude-opus").times(5, SimulatedFault.status(500));
        for (int i = 0; i < 7; i++) {
            told(drill.ask("premium", false));
        }

        JsonNode state = state();
        JsonNode claude = named(state.path("deployments"), "claude-opus");
        assertThat(claude.at("/breaker/state").asText()).isEqualTo("open");
        assertThat(claude.at("/failures/server").asInt()).isEqualTo(5);
        assertThat(claude.at("/last_failure/reason").asText()).isEqualTo("server");
        JsonNode outage = named(state.path("outages"), "claude-opus");
        assertThat(outage.path("over").asBoolean()).isFalse();
        assertThat(outage.path("why").asText()).isEqualTo("server");
        assertThat(outage.at("/took_over/gpt").asInt()).isGreaterThanOrEqualTo(2);
        GatewayTestCase.soon("the event")
                .untilAsserted(() -> assertThat(state().path("events").findValuesAsText("type"))
                        .contains("breaker.opened"));

        drill.gateway().clock.advance(Duration.ofSeconds(61));
        told(drill.ask("premium", false));
        assertThat(named(state().path("outages"), "claude-opus").path("over").asBoolean())
                .isTrue();
        assertThat(deployment("claude-opus").at("/breaker/state").asText()).isEqualTo("closed");
    }

    @Test
    void chains_show_their_links_and_how_much_each_carries() throws Exception {
        drill.script("claude-opus").always(SimulatedFault.status(400 + 29));
        drill.script("gpt").always(SimulatedFault.status(503));
        drill.script("gemini-pro").always(SimulatedFault.status(503));
        told(drill.ask("premium", false));

        JsonNode premium = named(state().path("chains"), "premium");

        assertThat(premium.path("links").findValuesAsText("name"))
                .containsExactly("claude-opus", "gpt", "gemini-pro", "balanced");
        assertThat(premium.path("links").findValuesAsText("kind"))
                .containsExactly("deployment", "deployment", "deployment", "chain");
        assertThat(premium.at("/links/3/answered").asLong())
                .as("what stands behind answers for it")
                .isPositive();
        assertThat(premium.path("fell_back").asLong()).isPositive();
        assertThat(named(state().path("chains"), "local").path("links").findValuesAsText("kind"))
                .containsExactly("deployment", "deployment", "static");
        JsonNode minute = state().path("minutes").path(59);
        assertThat(minute.path("requests").asLong()).isPositive();
        assertThat(minute.at("/tiers/2").asLong()).isPositive();
    }

    @Test
    void what_viewers_see_follows_within_two_seconds() throws Exception {
        HttpResponse<InputStream> live = client.send(
                HttpRequest.newBuilder(drill.gateway().management("/api/live")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(live.body(), StandardCharsets.UTF_8))) {
            JsonNode first = next(lines, state -> true);
            assertThat(first.path("schema").asText()).isEqualTo("camelback.state/1");

            String id = header(drill.ask("premium", false), "x-camelback-request-id");
            JsonNode news = next(
                    lines,
                    state -> state.path("requests").path(0).path("id").asText().equals(id));

            assertThat(news.has("schema"))
                    .as("what has not changed is not told again")
                    .isFalse();
        }
    }

    private static JsonNode next(BufferedReader lines, Predicate<JsonNode> wanted) throws Exception {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: ")) {
                JsonNode state = Json.read(line.substring(6));
                if (wanted.test(state)) {
                    return state;
                }
            }
        }
        throw new AssertionError("the stream has ended");
    }

    @Test
    void a_breaker_is_held_open_by_hand_until_it_is_closed_by_hand() throws Exception {
        assertThat(order("open", "claude-opus", "").statusCode()).isEqualTo(200);
        drill.gateway().clock.advance(Duration.ofHours(1));
        assertThat(header(drill.ask("premium", false), "x-camelback-model")).isEqualTo("gpt");
        assertThat(deployment("claude-opus").at("/breaker/state").asText()).isEqualTo("forced_open");

        assertThat(order("close", "claude-opus", "").statusCode()).isEqualTo(200);
        assertThat(header(drill.ask("premium", false), "x-camelback-model")).isEqualTo("claude-opus");
    }

    @Test
    void a_deployment_is_cooling_down_by_hand_and_taken_back() throws Exception {
        order("cooldown", "claude-opus", ",\"minutes\":5");
        assertThat(header(drill.ask("premium", false), "x-camelback-model")).isEqualTo("gpt");
        assertThat(deployment("claude-opus").at("/cooldown/left_ms").asLong()).isEqualTo(300_000);
        assertThat(deployment("claude-opus").at("/cooldown/by_hand").asBoolean())
                .isTrue();

        order("clear-cooldown", "claude-opus", "");
        assertThat(header(drill.ask("premium", false), "x-camelback-model")).isEqualTo("claude-opus");
        assertThat(named(state().path("outages"), "claude-opus").path("over").asBoolean())
                .isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"action\":\"explode\",\"deployment\":\"gpt\"} | 400 | open, close, cooldown or clear-cooldown",
                "{\"action\":\"open\",\"deployment\":\"gpt-9\"} | 404 | claude-opus",
                "{\"action\":\"cooldown\",\"deployment\":\"gpt\",\"minutes\":99} | 400 | 1 to 15",
                "[] | 400 | JSON object"
            })
    void what_makes_no_sense_is_answered_in_words(String asked, int status, String words) throws Exception {
        HttpResponse<String> answer = act(asked, "x-camelback-action", "1");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.read(answer.body()).at("/error/message").asText()).contains(words);
    }

    @Test
    void no_foreign_page_can_act_or_look() throws Exception {
        String open = "{\"action\":\"open\",\"deployment\":\"gpt\"}";
        assertThat(act(open).statusCode()).as("a form of any page").isEqualTo(403);
        assertThat(act(open, "x-camelback-action", "1", "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(deployment("gpt").at("/breaker/state").asText()).isEqualTo("closed");
        HttpRequest look = HttpRequest.newBuilder(drill.gateway().management("/api/state"))
                .header("Origin", "null")
                .build();
        assertThat(client.send(look, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
        RawHttpResponse rebound = RawHttpClient.send(
                drill.gateway().standalone.managementPort(),
                "GET /api/state HTTP/1.1\r\nHost: evil.example:9876\r\nConnection: close\r\n\r\n");
        assertThat(rebound.status()).as("a name that points here").isEqualTo(403);
    }

    @Test
    void history_is_as_long_as_asked_for_and_at_most_a_day() throws Exception {
        for (String[] one : new String[][] {{"5", "5"}, {"9999", "1440"}, {"many", "60"}}) {
            String body = drill.gateway()
                    .get(drill.gateway().management("/api/state?minutes=" + one[0]))
                    .body();
            assertThat(Json.read(body).path("minutes")).hasSize(Integer.parseInt(one[1]));
        }
    }

    @Test
    void words_of_callers_are_not_shown() throws Exception {
        drill.provider("claude-opus").answer(SimulatedCompletion.hello());
        HttpResponse<String> answer =
                drill.ask("openai/sk-secret-key/premium", false, "x-camelback-task", "tell me my secret");

        assertThat(told(answer).toString()).doesNotContain("secret");
    }
}
