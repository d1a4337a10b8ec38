package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A deployment or a key is left alone for as long as its provider asked for, by the clock and not by a guess. */
class CooldownTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.shipped();

    private static void advance(Duration by) {
        drill.gateway().clock.advance(by);
    }

    private static String answering(String chain) throws Exception {
        return header(drill.ask(chain, false), "x-camelback-model");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "Retry-After, 30, 30000",
        "retry-after-ms, 4500, 4500",
        "Retry-After, 3600, 900000",
        "Retry-After, soon, 15000"
    })
    void retry_after_is_respected_to_the_millisecond(String header, String value, long millis) throws Exception {
        drill.script("claude-opus").then(SimulatedFault.status(429).header(header, value));

        assertThat(answering("premium")).isEqualTo("gpt");
        advance(Duration.ofMillis(millis - 1));
        HttpResponse<String> limited = drill.ask("premium", true);
        assertThat(header(limited, "x-camelback-model")).isEqualTo("gpt");
        assertThat(header(limited, "x-camelback-attempts"))
                .as("the one that cools down is not asked")
                .isEqualTo("1");
        assertThat(drill.asked("claude-opus")).isEqualTo(1);
        drill.awaitLog("premium -> 200 gpt", "claude-opus cooldown");
        advance(Duration.ofMillis(1));
        assertThat(answering("premium")).isEqualTo("claude-opus");
        assertThat(drill.asked("claude-opus")).isEqualTo(2);
    }

    @Test
    void a_cooldown_is_shared_between_chains() throws Exception {
        drill.script("claude-opus").then(SimulatedFault.status(429).header("Retry-After", "30"));

        drill.ask("premium", false);

        assertThat(answering("strict")).isEqualTo("gpt");
        assertThat(drill.asked("claude-opus")).isEqualTo(1);
    }

    @Test
    void a_rate_limit_cools_down_one_deployment_and_not_its_provider() throws Exception {
        drill.script("claude-opus").then(SimulatedFault.status(429).header("Retry-After", "30"));

        drill.ask("premium", false);

        assertThat(answering("balanced")).isEqualTo("claude-sonnet");
    }

    @Test
    void the_longer_of_two_waits_counts() throws Exception {
        drill.script("claude-opus").then(SimulatedFault.status(429).header("Retry-After", "40"));
        drill.ask("premium", false);
        drill.gateway().vitals.cooldowns().coolDown("claude-opus", Duration.ofSeconds(5), "a slower answer of before");
        advance(Duration.ofSeconds(39));

        assertThat(answering("premium")).isEqualTo("gpt");
    }

    @ParameterizedTest(name = "{0} cools the key down for {1} s")
    @CsvSource({"401, 300", "403, 300", "402, 900"})
    void a_refused_key_takes_out_all_deployments_of_its_provider(int status, int seconds) throws Exception {
        drill.script("gpt").then(SimulatedFault.status(status));
        drill.coolDown(List.of("claude-opus", "claude-sonnet"));

        assertThat(answering("premium")).isEqualTo("gemini-pro");
        advance(Duration.ofSeconds(seconds).minusMillis(1));
        drill.coolDown(List.of("claude-opus", "claude-sonnet"));
        assertThat(answering("strict")).as("gpt").isNull();
        assertThat(answering("balanced")).as("gpt-mini").isEqualTo("gemini-flash");
        assertThat(answering("agent-free")).as("openai-4o-mini").isEqualTo("gemini-flash");
        assertThat(answering("openai-4o")).isNull();
        assertThat(Stream.of("gpt", "gpt-mini", "openai-4o", "openai-4o-mini")
                        .mapToInt(drill::asked)
                        .sum())
                .isEqualTo(1);
        advance(Duration.ofMillis(1));
        assertThat(answering("strict")).isEqualTo("gpt");
    }

    @Test
    void a_retired_model_is_left_alone_for_ten_minutes_and_its_sisters_are_not() throws Exception {
        drill.script("gpt").then(SimulatedFault.status(404));
        drill.coolDown(List.of("claude-opus"));

        assertThat(answering("premium")).isEqualTo("gemini-pro");
        assertThat(answering("gpt-mini")).isEqualTo("gpt-mini");
        advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(answering("gpt")).isNull();
        advance(Duration.ofMillis(1));
        assertThat(answering("gpt")).isEqualTo("gpt");
    }

    @Test
    void cooldowns_touch_no_breaker() throws Exception {
        drill.script("claude-opus").then(SimulatedFault.status(429).header("Retry-After", "30"));
        for (int i = 0; i < 20; i++) {
            drill.ask("premium", i % 2 == 0);
        }

        assertThat(drill.breaker("claude-opus").getMetrics().getNumberOfBufferedCalls())
                .isZero();
    }
}
