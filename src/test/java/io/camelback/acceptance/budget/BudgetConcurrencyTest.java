package io.camelback.acceptance.budget;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.chat.Usage;
import io.camelback.json.Json;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two hundred callers at once, and room for one: in one gateway and in two. */
class BudgetConcurrencyTest extends BudgetAcceptanceTestBase {
    /**
     * An answer that uses all that was put aside for it: what is left is too little for another, however late that one
     * comes.
     */
    private static final SimulatedCompletion DEAR =
            SimulatedCompletion.text("much").usage(new Usage(507, 0, 0, 100, 0));

    @Test
    void K09_of_two_hundred_at_once_one_is_asked_upstream() throws Exception {
        start(budget("gpt-5.4-mini", "{ day: 0.0015 }"));
        gateway.lab.openAi().answer(DEAR);

        List<HttpResponse<String>> responses = ask(gateway, 200, "gpt-mini");

        assertThat(gateway.lab.openAi().count("gpt-5.4-mini")).isEqualTo(1);
        assertThat(responses)
                .filteredOn(response -> response.statusCode() == 200)
                .hasSize(1);
        assertThat(responses)
                .filteredOn(response -> response.statusCode() == 429)
                .hasSize(199)
                .allSatisfy(response -> {
                    assertThat(Json.read(response.body()).at("/error/code").asText())
                            .isEqualTo("budget_exceeded");
                    assertThat(header(response, "Retry-After"))
                            .isEqualTo(String.valueOf(Duration.ofHours(12).toSeconds()));
                    assertThat(header(response, "x-camelback-attempts")).isEqualTo("0");
                });
    }

    @Test
    void K09_of_two_hundred_at_once_on_two_replicas_one_is_asked_upstream() throws Exception {
        String ledger = server.ledger(Duration.ofSeconds(20));
        UnaryOperator<String> edit =
                config -> budget("gpt-5.4-mini", "{ day: 0.0015 }").apply(config) + ledger;
        start(edit);
        try (RunningGateway replica = RunningGateway.start(other, config -> patient(edit.apply(config)))) {
            gateway.lab.openAi().answer(DEAR);
            replica.lab.openAi().answer(DEAR);
            CompletableFuture<List<HttpResponse<String>>> there =
                    CompletableFuture.supplyAsync(() -> ask(replica, 100, "gpt-mini"));

            List<HttpResponse<String>> here = ask(gateway, 100, "gpt-mini");

            assertThat(gateway.lab.openAi().count("gpt-5.4-mini")
                            + replica.lab.openAi().count("gpt-5.4-mini"))
                    .isEqualTo(1);
            assertThat(IntStream.concat(
                                    here.stream().mapToInt(HttpResponse::statusCode),
                                    there.get().stream().mapToInt(HttpResponse::statusCode))
                            .filter(status -> status == 429))
                    .hasSize(199);
        }
    }

    private static List<HttpResponse<String>> ask(RunningGateway gateway, int callers, String model) {
        return IntStream.range(0, callers)
                .mapToObj(i -> gateway.client()
                        .sendAsync(
                                gateway.request("/v1/chat/completions", body(model, i % 2 == 0)),
                                HttpResponse.BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }
}
