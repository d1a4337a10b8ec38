package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ShippedChain;
import io.camelback.testkit.StreamTranscript;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped chain with all providers down: an honest static answer, or a loud error, as its YAML says. */
class ChainsDownTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.shipped();

    private static final String APOLOGY =
            "The AI service is limited right now and cannot answer this. Please try again in a few minutes.";
    private static final String BODY = "{\"error\":{\"message\":\"" + GatewayTestCase.CANARY + "\"}}";

    /** What is wrong with all providers at once, and what a chain without a static answer says to it. */
    enum Outage {
        RATE_LIMITED(
                429,
                "rate_limited",
                30,
                SimulatedFault.status(429).header("Retry-After", "30").body(BODY)),
        SERVER_ERRORS(502, "upstream_error", 0, SimulatedFault.status(500).body(BODY)),
        PAGES(502, "upstream_error", 0, SimulatedFault.status(502).body("<html>" + GatewayTestCase.CANARY)),
        UNAVAILABLE(503, "upstream_unavailable", 15, SimulatedFault.status(503).body(BODY)),
        OVERLOADED(
                503,
                "upstream_unavailable",
                20,
                SimulatedFault.status(529).header("Retry-After", "20").body(BODY)),
        RESETS(502, "upstream_error", 0, SimulatedFault.resetBeforeHeaders()),
        WRONG_KEYS(502, "upstream_auth", 0, SimulatedFault.status(401).body(BODY)),
        NO_MONEY(502, "upstream_auth", 0, SimulatedFault.status(402).body(BODY)),
        MODELS_GONE(502, "upstream_error", 0, SimulatedFault.status(404).body(BODY)),
        EMPTY_ANSWERS(502, "empty_completion", 0, SimulatedFault.emptyCompletion()),
        ERRORS_IN_200(
                502,
                "upstream_error",
                0,
                SimulatedFault.errorIn200("{\"error\":{\"code\":502,\"message\":\"" + GatewayTestCase.CANARY + "\"}}")),
        GARBAGE(
                502,
                "upstream_error",
                0,
                SimulatedFault.rawBytes("HTTP/1.1 canary\r\n\r\n".getBytes(StandardCharsets.UTF_8))),
        SILENCE(504, "upstream_timeout", 0, SimulatedFault.silence());

        final int status;
        final String code;
        final int retryAfter;
        final SimulatedFault fault;

        /** @param retryAfter in seconds; 0 for an error that a second try would not mend */
        Outage(int status, String code, int retryAfter, SimulatedFault fault) {
            this.status = status;
            this.code = code;
            this.retryAfter = retryAfter;
            this.fault = fault;
        }
    }

    private static void all(SimulatedFault fault) {
        drill.gateway().lab.providers().forEach(provider -> provider.script().always(fault));
    }

    static Stream<Arguments> degrading() {
        return outages(true);
    }

    static Stream<Arguments> loud() {
        return outages(false);
    }

    private static Stream<Arguments> outages(boolean degrading) {
        List<Arguments> all = new ArrayList<>();
        for (Outage outage : Outage.values()) {
            for (ShippedChain chain : ShippedChain.values()) {
                // Half a second for each link: the two shortest chains show it.
                boolean quick = outage != Outage.SILENCE || chain == ShippedChain.LOCAL || chain == ShippedChain.STRICT;
                if (chain.degrades == degrading && quick) {
                    all.add(Arguments.of(outage, chain, false));
                    all.add(Arguments.of(outage, chain, true));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}: {1}, streamed: {2}")
    @MethodSource("degrading")
    void a_chain_that_degrades_says_honestly_that_it_cannot_answer(Outage outage, ShippedChain chain, boolean stream)
            throws Exception {
        all(outage.fault);

        HttpResponse<String> response = drill.ask(chain.model(), stream);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "x-camelback-degraded")).isEqualTo("static");
        assertThat(header(response, "x-camelback-review")).isEqualTo("suggested");
        assertThat(header(response, "x-camelback-model")).isNull();
        assertThat(header(response, "x-camelback-cost-usd")).isNull();
        assertThat(header(response, "x-camelback-chain")).isEqualTo(chain.model());
        assertThat(header(response, "x-camelback-attempts")).isEqualTo(String.valueOf(drill.askedAny()));
        if (stream) {
            StreamTranscript.of(response).assertComplete(APOLOGY);
        } else {
            JsonNode answer = Json.read(response.body());
            assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo(APOLOGY);
            assertThat(answer.at("/choices/0/message/role").asText()).isEqualTo("assistant");
            assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
            assertThat(answer.at("/usage/total_tokens").asInt(-1)).isZero();
        }
        assertNoCanary(response);
        assertEveryLinkHadItsTurn(outage, chain);
    }

    @ParameterizedTest(name = "{0}: {1}, streamed: {2}")
    @MethodSource("loud")
    void S09_a_chain_that_does_not_degrade_fails_loudly(Outage outage, ShippedChain chain, boolean stream)
            throws Exception {
        all(outage.fault);

        HttpResponse<String> response = drill.ask(chain.model(), stream);

        assertError(response, outage.status, outage.code);
        assertThat(header(response, "x-camelback-chain")).isEqualTo(chain.model());
        assertThat(header(response, "x-camelback-attempts")).isEqualTo(String.valueOf(drill.askedAny()));
        assertRetryAdvice(response, outage.retryAfter);
        assertNoCanary(response);
        assertEveryLinkHadItsTurn(outage, chain);
        drill.awaitLog(chain.model() + " -> " + outage.status, outage.code);
    }

    @Test
    void a_chain_whose_links_are_all_cooling_down_tells_when_the_first_is_free() throws Exception {
        drill.script("claude-opus").always(SimulatedFault.status(429).header("Retry-After", "90"));
        drill.script("gpt").always(SimulatedFault.status(429).header("Retry-After", "60"));
        drill.ask("strict", false);
        drill.gateway().clock.advance(Duration.ofMillis(15_400));

        HttpResponse<String> response = drill.ask("strict", true);

        assertError(response, 429, "rate_limited");
        assertThat(header(response, "Retry-After")).isEqualTo("45");
        assertThat(header(response, "retry-after-ms")).isEqualTo("45000");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("0");
        assertThat(drill.askedAny()).isEqualTo(2);
    }

    @Test
    void a_pinned_deployment_has_no_fallback() throws Exception {
        drill.script("claude-opus").always(SimulatedFault.status(529).body(BODY));

        HttpResponse<String> response = drill.ask("claude-opus", false);

        assertError(response, 503, "upstream_unavailable");
        assertThat(header(response, "x-camelback-chain")).isEqualTo("claude-opus");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("3");
        assertThat(drill.askedAny()).isEqualTo(3);
    }

    private static void assertError(HttpResponse<String> response, int status, String code) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(header(response, "content-type")).startsWith("application/json");
        String id = header(response, "x-camelback-request-id");
        assertThat(id).startsWith("req_");
        JsonNode error = Json.read(response.body()).path("error");
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("type").asText()).isNotBlank();
        assertThat(error.has("param")).isTrue();
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(response.body()).contains(id);
        assertThat(header(response, "x-camelback-model")).isNull();
        assertThat(header(response, "x-camelback-degraded")).isNull();
    }

    private static void assertRetryAdvice(HttpResponse<String> response, int seconds) {
        if (seconds == 0) {
            assertThat(header(response, "x-should-retry")).isEqualTo("false");
            assertThat(header(response, "Retry-After")).isNull();
        } else {
            // Who was asked and had no time has been sent it again by the gateway; a rate limit of half a minute has
            // not.
            assertThat(header(response, "x-should-retry")).isEqualTo(response.statusCode() == 503 ? "false" : null);
            // With 503 up to a fifth longer, so that those who were turned away together do not come back together
            // (S09).
            long longest = response.statusCode() == 503 ? seconds * 1200L : seconds * 1000L;
            long millis = Long.parseLong(header(response, "retry-after-ms"));
            assertThat(millis).isBetween(seconds * 1000L, longest);
            assertThat(header(response, "Retry-After")).isEqualTo(String.valueOf(millis / 1000));
            assertThat(response.body()).contains("Try again in " + millis / 1000 + " seconds.");
        }
    }

    private static void assertNoCanary(HttpResponse<String> response) {
        assertThat(response.headers().toString() + response.body())
                .doesNotContain("canary", "evil.example", "127.0.0.1", "sim-");
    }

    /** One that a refused key stands before is left out: all of its provider's models share it. */
    private static void assertEveryLinkHadItsTurn(Outage outage, ShippedChain chain) {
        Set<String> tried = new HashSet<>();
        for (String link : chain.links) {
            boolean keyCoolingDown = (outage == Outage.WRONG_KEYS || outage == Outage.NO_MONEY)
                    && tried.stream().anyMatch(before -> drill.sameKey(before, link));
            assertThat(drill.asked(link) > 0)
                    .as("%s was asked, of %s", link, chain.links)
                    .isEqualTo(!keyCoolingDown);
            tried.add(link);
        }
    }
}
