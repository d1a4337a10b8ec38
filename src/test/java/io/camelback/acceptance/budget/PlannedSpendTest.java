package io.camelback.acceptance.budget;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.LedgerSamples;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What budgets, layers and quotas have left stands in the plan, before a request and beside what became of it. */
class PlannedSpendTest {
    /** The longest answer of claude-opus costs 2.56 dollars; 100,000 tokens of a question half a dollar more. */
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(config -> GatewayTestCase.withoutRetries(config)
            .replace("    model: claude-opus-5-5\n", "    model: claude-opus-5-5\n    budget: { month: 2.70 }\n")
            .replace(
                    "    model: gpt-6-sol\n    tier",
                    "    model: gpt-6-sol\n    limits: { requests: { day: 1 } }\n    tier")
            .replace(
                    "aliases:\n",
                    "layers: { cheap: { deployments: [deepseek, groq-llama], budget: { day: 0.0001 } } }\naliases:\n"));

    /** Each test has a month of its own. */
    @BeforeEach
    void another_month() {
        drill.gateway().clock.advance(Duration.ofDays(32));
    }

    @AfterEach
    void nothing_is_left_open() {
        LedgerSamples.soon(() -> assertThat(LedgerSamples.number(
                        drill.gateway().ledger(), "SELECT COALESCE(SUM(reserved), 0) FROM camelback_budget"))
                .isZero());
    }

    private static String body(String model, int maxTokens) {
        return "{\"model\":\"" + model + "\",\"max_tokens\":" + maxTokens
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }

    private static JsonNode before(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(drill.gateway().management("/v1/explain"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return Json.read(drill.gateway()
                .client()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private static JsonNode after(HttpResponse<String> response) throws Exception {
        URI uri = drill.gateway().management("/v1/explain?id=" + header(response, "x-camelback-request-id"));
        GatewayTestCase.soon("the record of the request")
                .until(() -> drill.gateway().get(uri).statusCode() == 200);
        return Json.read(drill.gateway().get(uri).body());
    }

    private static JsonNode link(JsonNode plan, String deployment) {
        return StreamSupport.stream(plan.path("plan").spliterator(), false)
                .filter(link -> link.path("deployment").asText().equals(deployment))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_worst_case_that_does_not_fit_is_known_before_anybody_is_asked() throws Exception {
        assertThat(link(before(body("premium", 100)), "claude-opus")
                        .path("kept")
                        .asBoolean())
                .isTrue();
        assertThat(link(before(body("premium", 100)), "claude-opus")
                        .path("left_usd")
                        .decimalValue())
                .isEqualByComparingTo("2.7");

        JsonNode plan = before(body("premium", 1_000_000).replace("hi", "hi ".repeat(100_000)));

        JsonNode opus = link(plan, "claude-opus");
        assertThat(opus.path("kept").asBoolean()).isFalse();
        assertThat(opus.path("reason").asText()).isEqualTo("budget");
        assertThat(opus.path("why").asText()).isEqualTo("budget used up: the month's budget of claude-opus");
        assertThat(opus.path("for_ms").asLong())
                .isBetween(1L, Duration.ofDays(31).toMillis());
        assertThat(drill.askedAny()).isZero();
    }

    @Test
    void a_quota_that_is_used_up_is_in_the_plan_and_in_the_plan_of_the_request_that_came_then() throws Exception {
        drill.coolDown(List.of("claude-opus"));
        assertThat(header(drill.ask("premium", false), "x-camelback-model")).isEqualTo("gpt");

        JsonNode gpt = link(before(body("premium", 100)), "gpt");
        assertThat(gpt.path("reason").asText()).isEqualTo("quota");
        assertThat(gpt.path("why").asText()).isEqualTo("quota: 1 request a day");
        JsonNode ran = after(drill.ask("premium", false));

        assertThat(link(ran, "gpt").path("why").asText()).isEqualTo("quota: 1 request a day");
        assertThat(ran.at("/attempts/1/why").asText()).isEqualTo("quota: 1 request a day");
        assertThat(ran.path("answered_by").asText()).isEqualTo("gemini-pro");
    }

    @Test
    void an_exhausted_layer_is_named_for_each_of_its_models() throws Exception {
        JsonNode plan = before(body("economy", 1_000));

        for (String name : new String[] {"deepseek", "groq-llama"}) {
            assertThat(link(plan, name).path("why").asText())
                    .isEqualTo("budget used up: the day's budget of layer cheap");
        }
        assertThat(link(plan, "mistral-small").path("kept").asBoolean()).isTrue();
        JsonNode ran = after(drill.gateway().post("/v1/chat/completions", body("economy", 1_000)));
        assertThat(ran.at("/attempts/0/why").asText())
                .isEqualTo(link(plan, "deepseek").path("why").asText());
        assertThat(ran.at("/attempts/1/why").asText())
                .isEqualTo(link(plan, "groq-llama").path("why").asText());
        assertThat(ran.path("answered_by").asText()).isEqualTo("mistral-small");
    }

    @Test
    void when_the_window_is_over_the_plan_has_it_again() throws Exception {
        drill.coolDown(List.of("claude-opus"));
        drill.ask("premium", false);
        assertThat(link(before(body("premium", 100)), "gpt").path("kept").asBoolean())
                .isFalse();

        drill.gateway().clock.advance(Duration.ofDays(1));

        assertThat(link(before(body("premium", 100)), "gpt").path("kept").asBoolean())
                .isTrue();
    }
}
