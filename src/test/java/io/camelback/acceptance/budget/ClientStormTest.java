package io.camelback.acceptance.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawHttpClient;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Many callers at once, who leave or stay: nothing goes on for nobody. */
class ClientStormTest extends VanishingClientsTestBase {
    /** Scaled down: three hundred callers as fast as they can, of whom none waits for an answer. */
    @Test
    void B11_a_storm_of_callers_who_leave_at_once_leaves_nothing_behind() throws Exception {
        DRILL.script("groq-llama").always(SimulatedFault.silence());
        long threads = threads();
        for (int i = 0; i < 300; i++) {
            RawHttpClient caller = RawHttpClient.chat(DRILL.gateway(), "groq-llama", i % 2 == 0);
            assertThat(DRILL.provider("groq-llama").openConnections())
                    .as("the cap of 64, and who is leaving")
                    .isLessThan(200);
            if (i % 3 == 0) {
                caller.close();
            } else {
                caller.breakOff();
            }
        }
        GatewayTestCase.soon("every request's end")
                .atMost(Duration.ofSeconds(30))
                .until(() -> DRILL.gateway().standalone.gateway().serving().inFlight() == 0);
        assertThat(DRILL.records()).as("many got so far").hasSizeGreaterThan(50);
        assertThat(DRILL.records()).as("none was answered").noneMatch(one -> one.status() == 200);
        GatewayTestCase.soon("nothing running")
                .untilAsserted(() ->
                        assertThat(DRILL.gateway().vitals.inFlight().running()).isEmpty());
        // Who left while a connection was being opened leaves it to the pool, idle; Drill sees to it that none is in
        // use.
        GatewayTestCase.soon("upstream connections")
                .atMost(Duration.ofSeconds(30))
                .until(() -> DRILL.provider("groq-llama").openConnections() <= 16);
        assertThat(DRILL.failures("groq-llama")).isZero();
        assertThat(threads()).as("threads").isLessThan(threads + 20);

        DRILL.script("groq-llama").clear();
        assertThat(DRILL.ask("groq-llama", false).statusCode()).isEqualTo(200);
    }

    /**
     * As many again, and they stay: as many as the provider takes wait for it, all others are told at once, in bounded
     * time.
     */
    @Test
    void B11_three_hundred_callers_at_one_slow_provider_are_all_answered_or_told() throws Exception {
        DRILL.script("groq-llama").always(SimulatedFault.slowHeaders(Duration.ofMillis(700)));
        int most = 0;
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sent.add(DRILL.gateway()
                    .client()
                    .sendAsync(
                            DRILL.gateway()
                                    .request("/v1/chat/completions", RunningGateway.chat("groq-llama", i % 2 == 0)),
                            HttpResponse.BodyHandlers.ofString()));
            most = Math.max(most, DRILL.gateway().vitals.inFlight().running("groq-llama"));
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

        Map<Integer, Long> statuses = sent.stream()
                .map(CompletableFuture::join)
                .collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
        assertThat(statuses.keySet())
                .as("answered, or told that there is no room")
                .isSubsetOf(200, 503);
        assertThat(statuses.get(200)).isGreaterThanOrEqualTo(64);
        assertThat(most).as("calls to it at once").isLessThanOrEqualTo(64);
        assertThat(DRILL.failures("groq-llama")).isZero();
        assertThat(sent)
                .allSatisfy(one -> assertThat(
                                one.join().headers().firstValue("Retry-After").isPresent())
                        .isEqualTo(one.join().statusCode() == 503));
    }

    @Test
    void B11_http_2_in_clear_text_is_not_spoken() throws Exception {
        try (RawHttpClient client =
                RawHttpClient.connect(DRILL.gateway().standalone.port())) {
            client.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

            assertThat(new String(client.in().readNBytes(12), StandardCharsets.US_ASCII))
                    .as("a refusal in text, and no frame")
                    .matches("HTTP/... [45]..");
        }
    }

    /** All but the pool that JDK 17 serves requests with, and the simulated providers' own. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("lab-") && !name.startsWith("vert.x-worker"))
                .count();
    }
}
