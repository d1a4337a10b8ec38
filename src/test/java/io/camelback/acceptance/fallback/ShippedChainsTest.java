package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.FirstLinkFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ShippedChain;
import io.camelback.testkit.StreamTranscript;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped chain with all links up, and with its first link down in every way a provider can be. */
class ShippedChainsTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.shipped();

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void the_first_link_answers_when_all_are_up(ShippedChain chain) throws Exception {
        HttpResponse<String> response = drill.ask(chain.model(), false);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertAnsweredBy(response, chain, chain.first(), 1);
        JsonNode answer = Json.read(response.body());
        assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(answer.at("/usage/completion_tokens").asInt()).isPositive();
        assertThat(header(response, "x-camelback-cost-usd")).isNotNull();
        assertThat(drill.askedAny()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void the_first_link_answers_a_stream_when_all_are_up(ShippedChain chain) throws Exception {
        HttpResponse<String> response = drill.ask(chain.model(), true);

        assertAnsweredBy(response, chain, chain.first(), 1);
        StreamTranscript.of(response).assertComplete(drill.hello(chain.first()));
        assertThat(drill.askedAny()).isEqualTo(1);
    }

    static Stream<Arguments> first_link_down() {
        List<Arguments> all = new ArrayList<>();
        for (FirstLinkFault fault : FirstLinkFault.values()) {
            for (ShippedChain chain : ShippedChain.values()) {
                // Half a second each: two chains show it, one for each dialect that comes first.
                if (!fault.takesTime() || chain == ShippedChain.STRICT || chain == ShippedChain.ECONOMY) {
                    all.add(Arguments.of(fault, chain, false));
                    all.add(Arguments.of(fault, chain, true));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}: {1}, streamed: {2}")
    @MethodSource("first_link_down")
    void the_next_link_answers_when_the_first_is_down(FirstLinkFault down, ShippedChain chain, boolean stream)
            throws Exception {
        drill.script(chain.first()).always(down.fault);

        HttpResponse<String> response = drill.ask(chain.model(), stream);

        Optional<String> next = chain.links.stream()
                .skip(1)
                .filter(link -> !(down.coolsKeyDown() && drill.sameKey(link, chain.first())))
                .findFirst();
        if (next.isEmpty()) {
            assertThat(header(response, "x-camelback-degraded")).isEqualTo("static");
            return;
        }
        assertAnsweredBy(response, chain, next.get(), down.tries + 1);
        if (stream) {
            StreamTranscript.of(response).assertComplete(drill.hello(next.get()));
        }
        assertThat(drill.asked(chain.first())).isEqualTo(down.tries);
        assertThat(drill.asked(next.get())).isEqualTo(1);
        assertThat(drill.askedAny()).isEqualTo(down.tries + 1);
        assertThat(response.headers().toString() + response.body()).doesNotContain("canary", "evil.example");
        drill.awaitLog(chain.model() + " -> 200 " + next.get());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void every_link_answers_when_all_before_it_are_down(ShippedChain chain) throws Exception {
        for (int link = 0; link < chain.links.size(); link++) {
            String name = chain.links.get(link);
            chain.links.forEach(each -> drill.breaker(each).reset());

            HttpResponse<String> response = drill.ask(chain.model(), link % 2 == 0);

            assertAnsweredBy(response, chain, name, link + 1);
            drill.script(name).always(SimulatedFault.errorEventFirst());
        }
    }

    @Test
    void an_answer_of_a_lower_tier_says_so() throws Exception {
        drill.coolDown(List.of("claude-opus"));
        HttpResponse<String> sameTier = drill.ask("premium", false);
        drill.coolDown(List.of("gpt", "gemini-pro"));
        HttpResponse<String> lower = drill.ask("premium", false);

        assertThat(header(sameTier, "x-camelback-degraded")).isNull();
        assertThat(header(sameTier, "x-camelback-review")).isNull();
        assertThat(header(lower, "x-camelback-model")).isEqualTo("claude-sonnet");
        assertThat(header(lower, "x-camelback-degraded")).isEqualTo("reduced");
        assertThat(header(lower, "x-camelback-review")).isEqualTo("suggested");
    }

    @Test
    void without_fallback_only_the_first_link_is_asked() throws Exception {
        drill.script("deepseek").always(SimulatedFault.errorEventFirst().status(500));

        HttpResponse<String> response = drill.ask("economy", false, "x-camelback-no-fallback", "true");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
        assertThat(drill.askedAny()).isEqualTo(1);
    }

    private static void assertAnsweredBy(HttpResponse<String> response, ShippedChain chain, String link, int attempts)
            throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "x-camelback-model")).isEqualTo(link);
        assertThat(header(response, "x-camelback-chain")).isEqualTo(chain.model());
        assertThat(header(response, "x-camelback-attempts")).isEqualTo(String.valueOf(attempts));
        assertThat(text(response)).isEqualTo(drill.hello(link));
    }
}
