package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.chat;
import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.chat.Usage;
import io.camelback.config.Deployment;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.SimulatedProvider;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.GatewayTestCase;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers may ask for beside the answer, and what they are told beside it. */
class ResponseOptionsTest {
    private static final String WORDS = "漢字かな交じり文、한국어, עברית, naïve, 👩‍👩‍👧‍👦🏳️‍🌈 𝒳 \u2028 \\\" \t end";

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private static List<Deployment> deployments() {
        return List.copyOf(DRILL.gateway()
                .standalone
                .gateway()
                .serving()
                .loaded()
                .config()
                .deployments()
                .values());
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void a_callers_own_time_limit_ends_the_chain_and_blames_nobody(boolean stream) throws Exception {
        DRILL.gateway().lab.anthropic().script().always(SimulatedFault.silence());

        HttpResponse<String> response = DRILL.ask("claude-opus", stream, "x-camelback-timeout-ms", "300");

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(Json.read(response.body()).at("/error/code").asText()).isEqualTo("client_deadline");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
        assertThat(header(response, "x-should-retry")).isEqualTo("false");
        assertThat(DRILL.askedAny()).as("requests to all links").isEqualTo(1);
        assertThat(DRILL.breaker("claude-opus").getMetrics().getNumberOfBufferedCalls())
                .as("calls the breaker counted")
                .isZero();
        assertThat(DRILL.provider("claude-opus").awaitClientGone(1, GatewayTestCase.SOON))
                .as("the provider was left")
                .isTrue();
    }

    @Test
    void a_time_limit_that_is_kept_changes_nothing() throws Exception {
        HttpResponse<String> response = DRILL.ask("premium", false, "x-camelback-timeout-ms", "20000");

        assertThat(text(response)).isEqualTo("Hello from claude-opus-5-5.");
    }

    static Stream<Arguments> T16_without_fallback_the_first_link_has_the_last_word() {
        return Stream.of(false, true)
                .flatMap(stream -> Stream.of(
                        Arguments.of(
                                "a rate limit",
                                stream,
                                SimulatedFault.status(429).header("Retry-After", "7"),
                                429,
                                "rate_limited"),
                        Arguments.of("a server error", stream, SimulatedFault.status(500), 502, "upstream_error"),
                        Arguments.of("an overload", stream, SimulatedFault.status(529), 503, "upstream_unavailable"),
                        Arguments.of("a reset", stream, SimulatedFault.resetBeforeHeaders(), 502, "upstream_error"),
                        Arguments.of("silence", stream, SimulatedFault.silence(), 504, "upstream_timeout"),
                        Arguments.of("a refused key", stream, SimulatedFault.status(401), 502, "upstream_auth")));
    }

    @ParameterizedTest(name = "{0}, streaming {1}")
    @MethodSource
    void T16_without_fallback_the_first_link_has_the_last_word(
            String what, boolean stream, SimulatedFault fault, int status, String code) throws Exception {
        DRILL.gateway().lab.anthropic().script().always(fault);

        HttpResponse<String> response = DRILL.ask("premium", stream, "x-camelback-no-fallback", "true");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Json.read(response.body()).at("/error/code").asText()).isEqualTo(code);
        assertThat(header(response, "content-type")).isEqualTo("application/json");
        assertThat(header(response, "x-camelback-model")).isNull();
        if (status == 503) {
            assertThat(Integer.parseInt(header(response, "Retry-After")))
                    .as("spread, so that not all come back at once")
                    .isBetween(15, 18);
        } else {
            assertThat(header(response, "Retry-After")).isEqualTo(status == 429 ? "7" : null);
        }
        assertThat(DRILL.askedAny())
                .as("requests")
                .isEqualTo(DRILL.asked("claude-opus"))
                .isPositive();
    }

    @ParameterizedTest(name = "streaming {0}")
    @ValueSource(booleans = {false, true})
    void without_fallback_a_good_first_link_answers(boolean stream) throws Exception {
        HttpResponse<String> response = DRILL.ask("premium", stream, "x-camelback-no-fallback", "true");

        assertThat(text(response)).isEqualTo("Hello from claude-opus-5-5.");
    }

    @Test
    void the_list_of_models_has_every_name_a_caller_may_use() throws Exception {
        HttpResponse<String> response = DRILL.gateway().get(DRILL.gateway().uri("/v1/models"));

        JsonNode list = Json.read(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "content-type")).isEqualTo("application/json");
        assertThat(header(response, "x-camelback-request-id")).matches("req_[0-9a-f]{24}");
        assertThat(list.path("object").asText()).isEqualTo("list");
        assertThat(ids(list, "chain")).contains("auto", "premium", "balanced", "economy", "local", "strict", "agent");
        assertThat(ids(list, "deployment"))
                .containsExactlyElementsOf(
                        deployments().stream().map(Deployment::name).toList());
        assertThat(ids(list, "alias")).contains("claude-*opus*", "gpt-4*", "*-mini*");
        assertThat(list.path("data")).allSatisfy(model -> {
            assertThat(model.path("object").asText()).isEqualTo("model");
            assertThat(model.path("owned_by").asText()).isEqualTo("camelback");
            assertThat(model.path("created").asLong())
                    .isEqualTo(DRILL.gateway().clock.instant().getEpochSecond());
        });
        assertThat(response.body()).doesNotContain("sim-", "127.0.0.1");
    }

    private static List<String> ids(JsonNode list, String kind) {
        return Stream.iterate(0, i -> i < list.path("data").size(), i -> i + 1)
                .map(list.path("data")::get)
                .filter(model -> model.path("kind").asText().equals(kind))
                .map(model -> model.path("id").asText())
                .toList();
    }

    static Stream<Arguments> every_name_in_the_list_can_be_asked_for() {
        return Stream.of("auto", "premium", "gpt", "gemini-pro", "local-qwen", "claude-opus-4-8", "gpt-4.1", "o3-mini")
                .map(Arguments::of);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void every_name_in_the_list_can_be_asked_for(String model) throws Exception {
        assertThat(DRILL.ask(model, false).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}: {1} in, {2} cached, {3} written, {4} out cost {5}")
    @CsvSource({
        "claude-opus, 1000, 200, 100, 50, 0.004340",
        "gpt, 1000, 200, 100, 50, 0.002190",
        "gemini-pro, 1000, 200, 0, 50, 0.002120",
        "openai-4o-mini, 1, 0, 0, 0, 0.000001",
        "local-qwen, 1000, 0, 0, 50, 0.000000",
        "claude-opus, 1000000, 0, 0, 128000, 6.560000"
    })
    void the_cost_is_told_to_the_millionth(String model, int in, int cached, int written, int out, String dollars)
            throws Exception {
        SimulatedCompletion answer = SimulatedCompletion.text("Hello").usage(new Usage(in, cached, written, out, 0));
        DRILL.provider(model).answer(answer);

        assertThat(header(DRILL.ask(model, false), "x-camelback-cost-usd")).isEqualTo(dollars);
    }

    @Test
    void no_cost_is_made_up_where_no_usage_is_known() throws Exception {
        DRILL.gateway().lab.openAi().answer(SimulatedCompletion.text("Hello").withoutUsage());

        assertThat(header(DRILL.ask("gpt", false), "x-camelback-cost-usd")).isNull();
        assertThat(header(DRILL.ask("gpt", true), "x-camelback-cost-usd")).isNull();
    }

    @ParameterizedTest(name = "{0}, streaming {1}")
    @CsvSource({
        "claude-opus, false",
        "claude-opus, true",
        "gpt, false",
        "gpt, true",
        "gemini-pro, false",
        "gemini-pro, true",
        "local-qwen, false",
        "local-qwen, true"
    })
    void every_script_and_emoji_goes_through_both_ways(String model, boolean stream) throws Exception {
        SimulatedProvider provider = DRILL.provider(model);
        provider.script().then(SimulatedFault.ok(SimulatedCompletion.text(WORDS).tokens(7)));

        HttpResponse<String> response = DRILL.gateway()
                .post("/v1/chat/completions", chat(model, stream).replace("\"hi\"", Json.text(Json.of(WORDS))));

        assertThat(text(response)).isEqualTo(WORDS);
        List<RecordedRequest> all = provider.received();
        JsonNode asked = Json.read(new String(all.get(all.size() - 1).body(), StandardCharsets.UTF_8));
        assertThat(asked.findValuesAsText("text").toString() + asked.findValuesAsText("content"))
                .contains(WORDS);
    }
}
