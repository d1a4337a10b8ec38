package io.camelback.acceptance.operations;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import io.camelback.testkit.ShippedChain;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a request before and after it. */
class ExplainTest {
    @RegisterExtension
    private static final GatewayTestCase drill = GatewayTestCase.edited(GatewayTestCase::withoutRetries);

    private static JsonNode before(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(drill.gateway().management("/v1/explain"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = drill.gateway().client().send(request, HttpResponse.BodyHandlers.ofString());
        return Json.read(response.body());
    }

    private static JsonNode after(HttpResponse<String> response) throws Exception {
        URI uri = drill.gateway().management("/v1/explain?id=" + header(response, "x-camelback-request-id"));
        GatewayTestCase.soon("the record of the request")
                .until(() -> drill.gateway().get(uri).statusCode() == 200);
        return Json.read(drill.gateway().get(uri).body());
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.path("deployment").asText())
                .toList();
    }

    static IntStream states() {
        return IntStream.range(0, 60);
    }

    /** Sixty states by chance: links that cool down, with open breakers, at their rate limit, or down. */
    @ParameterizedTest(name = "state {0}")
    @MethodSource("states")
    void a_request_that_ran_came_to_the_links_that_were_planned_in_their_order(int seed) throws Exception {
        Random random = new Random(seed);
        ShippedChain chain = List.of(
                        ShippedChain.PREMIUM,
                        ShippedChain.AGENT,
                        ShippedChain.AUTO,
                        ShippedChain.BALANCED,
                        ShippedChain.STRICT,
                        ShippedChain.AGENT_BUDGET)
                .get(seed % 6);
        for (String link : chain.links) {
            switch (random.nextInt(5)) {
                case 0 -> drill.coolDown(List.of(link));
                case 1 -> drill.breaker(link).transitionToOpenState();
                case 2 ->
                    drill.script(link).always(SimulatedFault.errorEventFirst().status(500));
                case 3 -> drill.script(link).always(SimulatedFault.status(504).body("{}"));
                default -> {}
            }
        }
        JsonNode planned = before(RunningGateway.chat(chain.model(), false));
        JsonNode ran = after(drill.ask(chain.model(), false));

        List<String> links = names(ran.path("plan"));
        List<String> tried = new ArrayList<>(new LinkedHashSet<>(names(ran.path("attempts"))));
        assertThat(names(planned.path("plan"))).isEqualTo(links);
        assertThat(tried).isEqualTo(links.subList(0, tried.size()));
        assertThat(links.subList(tried.size(), links.size()))
                .allSatisfy(rest -> assertThat(ran.path("status").asInt()).isEqualTo(200));
        for (int i = 0; i < ran.path("attempts").size(); i++) {
            JsonNode attempt = ran.path("attempts").get(i);
            JsonNode link = ran.path("plan")
                    .get(links.indexOf(attempt.path("deployment").asText()));
            assertThat(attempt.path("outcome").asText().equals("skipped"))
                    .as(attempt + " of " + link)
                    .isEqualTo(!link.path("kept").asBoolean());
            if (!link.path("kept").asBoolean()) {
                assertThat(attempt.path("why").asText())
                        .endsWith(link.path("why").asText());
            }
        }
    }

    @Test
    void says_what_a_request_would_come_to() throws Exception {
        drill.coolDown(List.of("deepseek"));
        JsonNode said = before(
                "{\"model\":\"auto\",\"max_tokens\":1000,\"temperature\":0.2,\"top_k\":3,\"metadata\":{\"task_type\":"
                        + "\"status\",\"estimated_tokens\":\"100\"},\"messages\":[{\"role\":\"user\",\"name\":\"ann\",\"content\":"
                        + "[{\"type\":\"text\",\"text\":\"What is it?\"},{\"type\":\"image_url\",\"image_url\":{\"url\":"
                        + "\"https://example.com/a.png\"}}]}]}");

        assertThat(said.path("chain").asText()).isEqualTo("auto");
        assertThat(said.at("/complexity/task").asText()).isEqualTo("status-check");
        assertThat(said.at("/complexity/score").decimalValue()).isEqualByComparingTo("3.502");
        assertThat(names(said.path("plan")))
                .startsWith("deepseek", "groq-llama", "mistral-small")
                .endsWith("static");
        JsonNode deepseek = said.at("/plan/0");
        assertThat(deepseek.path("kept").asBoolean()).isFalse();
        assertThat(deepseek.path("reason").asText()).isEqualTo("cooldown");
        assertThat(deepseek.path("for_ms").asLong()).isPositive();
        assertThat(said.at("/plan/1/why").asText()).isEqualTo("no vision");
        JsonNode mistral = said.at("/plan/2");
        assertThat(mistral.path("kept").asBoolean()).isTrue();
        assertThat(mistral.path("layer").asText()).isEqualTo("economy");
        long tokens = said.path("tokens").asLong();
        assertThat(mistral.path("worst_usd").decimalValue().movePointRight(8).longValueExact())
                .isBetween((tokens * 15 + 1000 * 60), (tokens * 15 + 1000 * 60) + 100);
        assertThat(mistral.path("expected_usd").decimalValue())
                .isLessThan(mistral.path("worst_usd").decimalValue());
        assertThat(mistral.path("slice_ms").asLong()).isPositive();
        assertThat(drill.askedAny()).isZero();
    }

    @Test
    void says_what_becomes_of_a_request_in_another_dialect() throws Exception {
        JsonNode said =
                before("{\"model\":\"premium\",\"seed\":1,\"metadata\":{\"a\":\"b\"},\"messages\":[{\"role\":\"user\","
                        + "\"name\":\"ann\",\"content\":\"hi\"}]}");

        Set<String> dropped = new LinkedHashSet<>();
        said.at("/plan/0/features/dropped").forEach(feature -> dropped.add(feature.asText()));
        assertThat(said.at("/plan/0/deployment").asText()).isEqualTo("claude-opus");
        assertThat(dropped).containsExactlyInAnyOrder("Seed", "Participant's name", "Metadata");
        assertThat(said.at("/plan/1/features")).isEmpty();
    }

    @Test
    @DisplayName("B18 explain tells that a wish for thinking in another maker's words is said as effort")
    void foreign_reasoning() throws Exception {
        String body = "{\"model\":\"strict\",%s,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        String effort = "Reasoning effort or thinking budget";

        JsonNode foreign = before(body.formatted("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":4000}"));
        JsonNode own = before(body.formatted("\"reasoning_effort\":\"high\""));

        assertThat(foreign.at("/plan/1/deployment").asText()).isEqualTo("gpt");
        assertThat(foreign.at("/plan/1/features/converted/0").asText()).isEqualTo(effort);
        assertThat(own.at("/plan/1/features")).isEmpty();
    }

    @Test
    @DisplayName("B39 explain warns of a limit that thinking alone may use up")
    void small_limit() throws Exception {
        String body = "{\"model\":\"balanced\",%s,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

        JsonNode small = before(body.formatted("\"max_tokens\":190"));
        JsonNode enough = before(body.formatted("\"max_tokens\":1024"));
        JsonNode without = before(body.formatted("\"max_tokens\":190,\"reasoning_effort\":\"none\""));

        assertThat(small.at("/plan/0/warnings/0").asText()).contains("190", "1024", "min-length");
        assertThat(enough.at("/plan/0").has("warnings")).isFalse();
        assertThat(without.at("/plan/0/warnings"))
                .as("claude-sonnet cannot be asked to think of nothing")
                .hasSize(1);
        assertThat(without.at("/plan/1/deployment").asText()).isEqualTo("gpt-mini");
        assertThat(without.at("/plan/1").has("warnings")).isFalse();
        assertThat(small.at("/plan/1/warnings")).hasSize(1);
        for (JsonNode link : small.path("plan")) {
            assertThat(link.path("deployment").asText().equals("groq-llama") && link.has("warnings"))
                    .isFalse();
        }
    }

    @Test
    @DisplayName("B30 explain prints the limits of each maker with their sources")
    void limits() throws Exception {
        JsonNode plan = before("{\"model\":\"premium\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
                .path("plan");

        assertThat(plan.at("/1/limits").findValuesAsText("limit"))
                .contains("ids of tool calls have at most 40 characters", "tool schemas with one object at the root");
        assertThat(plan.findValuesAsText("source")).isNotEmpty().allMatch(source -> source.startsWith("https://"));
    }

    @Test
    void says_which_layer_a_request_came_to_and_why() throws Exception {
        JsonNode ran = after(drill.ask("agent", false, "x-camelback-task", "architecture", "x-camelback-files", "9"));

        assertThat(ran.at("/escalations/0/layer").asText()).isEqualTo("agent-premium");
        assertThat(ran.at("/escalations/0/trigger").asText()).isEqualTo("complexity");
        assertThat(names(ran.path("plan"))).containsExactly("claude-haiku", "openai-4o");
        assertThat(ran.path("answered_by").asText()).isEqualTo("claude-haiku");
    }

    @Test
    void says_what_may_be_billed_by_more_than_is_known() throws Exception {
        drill.script("deepseek").then(SimulatedFault.silence());

        JsonNode ran = after(drill.ask("economy", true));

        assertThat(ran.at("/attempts/0/why").asText()).isEqualTo("no first token in time");
        assertThat(ran.at("/attempts/0/possibly_billed").asBoolean()).isTrue();
        assertThat(ran.at("/attempts/1").has("possibly_billed")).isFalse();
    }

    @Test
    void an_answer_from_below_the_asked_tier_comes_to_the_review_route() throws Exception {
        drill.coolDown(List.of("claude-opus", "gpt", "gemini-pro"));
        HttpResponse<String> response = drill.ask("premium", false);

        assertThat(header(response, "x-camelback-review")).isEqualTo("suggested");
        drill.awaitLog("The answer to request " + header(response, "x-camelback-request-id") + " may need a look");
    }

    @Test
    void what_cannot_be_explained_is_refused_in_words() throws Exception {
        assertThat(before("{\"model\":\"nobody\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
                        .at("/error/code")
                        .asText())
                .isEqualTo("model_not_found");
        assertThat(before("[]").at("/error/message").asText()).isNotEmpty();
        assertThat(drill.gateway()
                        .get(drill.gateway().management("/v1/explain?id=none"))
                        .statusCode())
                .isEqualTo(404);
    }
}
