package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.json.Json;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ShippedChain;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom {@code auto} asks. */
class AutoRoutingTest {
    @RegisterExtension
    private static final GatewayTestCase drill = GatewayTestCase.shipped();

    private static String ask(String task, String files, String text) throws Exception {
        String body = Json.text(Json.object()
                .put("model", "auto")
                .set("messages", Json.of(List.of(Map.of("role", "user", "content", text)))));
        HttpResponse<String> response = task == null
                ? drill.gateway().post("/v1/chat/completions", body)
                : drill.gateway()
                        .post("/v1/chat/completions", body, "x-camelback-task", task, "x-camelback-files", files);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "x-camelback-chain")).isEqualTo("auto");
        return header(response, "x-camelback-model");
    }

    /** Which tier a task is for, 1 premium, 2 middle, 3 local. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "Architecture decisions, 1",
        "Code review, 1",
        "Debugging from stack trace, 1",
        "Simple service restart, 2",
        "Log grep and summary, 2",
        "Status checks, 2 3",
        "Heartbeat polls, 2 3"
    })
    void routes_the_first_seeds_table_as_written(String task, String tiers) throws Exception {
        String model = ask(task, "0", "Please.");

        int tier = drill.gateway()
                .standalone
                .gateway()
                .serving()
                .loaded()
                .config()
                .deployment(model)
                .orElseThrow()
                .tier();
        assertThat(Set.of(tiers.split(" "))).contains(String.valueOf(tier));
    }

    /** Which layer a task is for, 0 the cheapest, 1 in between, 2 premium. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "Simple parsing, 0",
        "Code formatting, 0",
        "File reading, 0",
        "Planning steps, 0 1",
        "Code generation, 1",
        "Debugging, 1 2",
        "Architecture decisions, 2",
        "Complex reasoning, 2",
        "Multi-file refactors, 1 2"
    })
    void routes_the_second_seeds_table_as_written(String task, String layers) throws Exception {
        String model = ask(task, "0", "Please.");

        Set<String> firsts = new HashSet<>();
        for (String layer : layers.split(" ")) {
            firsts.add(new ShippedChain[] {ShippedChain.ECONOMY, ShippedChain.BALANCED, ShippedChain.PREMIUM}
                    [Integer.parseInt(layer)].first());
        }
        assertThat(firsts).contains(model);
    }

    @ParameterizedTest(name = "{0} with {1} files -> {2}")
    @CsvSource({
        "refactor, 7, claude-sonnet",
        "refactor, 8, claude-opus",
        "debug, 40, claude-sonnet",
        "heartbeat, 40, deepseek",
        "architecture, 0, claude-opus",
        "classification, 0, claude-sonnet",
        "moderate-reasoning, 0, deepseek"
    })
    void above_the_threshold_is_premium_and_below_whom_it_is_meant_for(String task, String files, String model)
            throws Exception {
        assertThat(ask(task, files, "Please.")).isEqualTo(model);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello! | deepseek",
                "Is the server up? Check the status. | deepseek",
                "Restart the web server. | claude-sonnet",
                "Please review this pull request. | claude-opus"
            })
    void what_nobody_says_is_read_from_the_request(String text, String model) throws Exception {
        assertThat(ask(null, null, text)).isEqualTo(model);
    }

    @Test
    void the_score_is_in_every_answer() throws Exception {
        for (String model : List.of("auto", "premium", "gpt")) {
            HttpResponse<String> response =
                    drill.ask(model, true, "x-camelback-task", "debugging", "x-camelback-files", "3");

            assertThat(header(response, "x-camelback-complexity")).isEqualTo("5.8");
        }
    }
}
