package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static io.camelback.testkit.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.RecordedRequest;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many callers of a slow provider at once: each has a thread's worth of attention, and nobody waits for another. */
class ConcurrencyTest {
    @RegisterExtension
    static final GatewayTestCase drill =
            GatewayTestCase.edited(config -> GatewayTestCase.patient(config, Duration.ofSeconds(30))
                    .replace("max-in-flight: 1000", "max-in-flight: 2000"));

    @Test
    void three_hundred_callers_of_a_slow_provider_are_all_answered() {
        drill.script("deepseek").always(SimulatedFault.slowHeaders(Duration.ofMillis(300)));

        List<HttpResponse<String>> responses = askAtOnce(300, "economy");

        assertAllAnswered(responses, "deepseek");
        assertThat(drill.askedAny()).isEqualTo(300);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void on_virtual_threads_a_thousand_callers_wait_at_the_same_time() {
        drill.script("claude-opus").always(SimulatedFault.slowHeaders(Duration.ofSeconds(3)));

        List<HttpResponse<String>> responses = askAtOnce(1_000, "premium");

        assertAllAnswered(responses, "claude-opus");
        List<RecordedRequest> received = drill.provider("claude-opus").received();
        long lastIn = received.stream().mapToLong(RecordedRequest::at).max().orElseThrow();
        long firstOut =
                received.stream().mapToLong(one -> one.outcome().at()).min().orElseThrow();
        assertThat(received).hasSize(1_000);
        assertThat(lastIn)
                .as("the last request was there before the first was answered")
                .isLessThan(firstOut);
    }

    @Test
    void beyond_the_cap_callers_go_on_to_the_next_link() {
        drill.script("minimax").always(SimulatedFault.slowHeaders(Duration.ofMillis(300)));
        for (int i = 0; i < 2_000; i++) {
            drill.gateway().vitals.inFlight().acquire("glm-nano", 2_000);
        }
        try {
            assertAllAnswered(askAtOnce(5, "agent-budget"), "minimax");
        } finally {
            for (int i = 0; i < 2_000; i++) {
                drill.gateway().vitals.inFlight().release("glm-nano");
            }
        }
        assertThat(drill.asked("glm-nano")).isZero();
        assertThat(drill.failures("glm-nano")).isZero();
        drill.awaitLog("glm-nano in-flight cap; minimax ok");
    }

    private static List<HttpResponse<String>> askAtOnce(int callers, String chain) {
        return IntStream.range(0, callers)
                .mapToObj(i -> drill.gateway()
                        .client()
                        .sendAsync(
                                drill.gateway().request("/v1/chat/completions", RunningGateway.chat(chain, i % 2 == 0)),
                                HttpResponse.BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static void assertAllAnswered(List<HttpResponse<String>> responses, String deployment) {
        assertThat(responses).allSatisfy(response -> {
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(header(response, "x-camelback-model")).isEqualTo(deployment);
            assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
            assertThat(words(response)).isEqualTo(drill.hello(deployment));
        });
    }

    private static String words(HttpResponse<String> response) {
        try {
            return text(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
