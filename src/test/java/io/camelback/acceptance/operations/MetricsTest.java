package io.camelback.acceptance.operations;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RequestLogFeeder;
import io.camelback.testkit.RunningGateway;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The metrics as Prometheus gets them from the management port. */
public class MetricsTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(GatewayTestCase::withoutRetries);

    static List<String> scrape(RunningGateway gateway) throws Exception {
        return Arrays.asList(
                gateway.get(gateway.management("/observe/metrics")).body().split("\n"));
    }

    private static List<String> scrape() throws Exception {
        return scrape(drill.gateway());
    }

    /** The value of the one series whose name and labels hold all of these; 0 when there is none yet. */
    private static double value(String name, String... labels) throws Exception {
        return value(drill.gateway(), name, labels);
    }

    public static double value(RunningGateway gateway, String name, String... labels) throws Exception {
        return scrape(gateway).stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static void grows(String what, Change change, double by, String name, String... labels) throws Exception {
        double before = value(name, labels);
        change.happens();
        GatewayTestCase.soon(what)
                .untilAsserted(
                        () -> assertThat(value(name, labels) - before).as(what).isEqualTo(by));
    }

    private interface Change {
        void happens() throws Exception;
    }

    private static void ask(String model) throws Exception {
        drill.ask(model, false);
    }

    @Test
    void turns_are_counted_by_deployment_and_failure() throws Exception {
        drill.script("claude-opus").then(SimulatedFault.status(529));
        grows(
                "the failure",
                () -> ask("premium"),
                1,
                "camelback_attempts_total",
                "deployment=\"claude-opus\"",
                "outcome=\"failed\"",
                "reason=\"overload\"");
        grows(
                "the answer",
                () -> ask("premium"),
                1,
                "camelback_attempts_total",
                "deployment=\"claude-opus\"",
                "reason=\"ok\"");
    }

    @Test
    void fallbacks_say_from_whom_to_whom_and_why() throws Exception {
        drill.script("claude-opus").then(SimulatedFault.status(529));
        grows(
                "the step",
                () -> ask("premium"),
                1,
                "camelback_fallbacks_total",
                "chain=\"premium\"",
                "from=\"claude-opus\"",
                "to=\"gpt\"",
                "reason=\"overload\"");
        drill.script("claude-opus").then(SimulatedFault.status(529));
        grows(
                "it was cheaper",
                () -> ask("premium"),
                1,
                "camelback_requests_total",
                "chain=\"premium\"",
                "result=\"answered\"");
        assertThat(value("camelback_cost_differential_microdollars_total", "direction=\"less\""))
                .isPositive();
    }

    @Test
    void opentelemetrys_names_have_their_labels_and_buckets() throws Exception {
        grows(
                "a stream",
                () -> drill.ask("gpt", true),
                1,
                "gen_ai_client_token_usage_count",
                "gen_ai_request_model=\"gpt-6-sol\"",
                "gen_ai_token_type=\"output\"");
        List<String> lines = scrape();
        String labels =
                "{camelback_deployment=\"gpt\",error_type=\"\",gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"openai\","
                        + "gen_ai_request_model=\"gpt-6-sol\"";
        assertThat(lines)
                .anyMatch(line -> line.startsWith("gen_ai_client_operation_duration_seconds_bucket" + labels)
                        && line.contains("le=\"81.92\""));
        assertThat(lines)
                .anyMatch(line -> line.startsWith("gen_ai_client_token_usage_bucket" + labels)
                        && line.contains("gen_ai_token_type=\"output\"")
                        && line.contains("le=\"6.7108864E7\""));
        assertThat(lines)
                .anyMatch(
                        line -> line.startsWith("gen_ai_client_operation_time_to_first_chunk_seconds_bucket" + labels));
        assertThat(lines).anyMatch(line -> line.startsWith("gen_ai_server_request_duration_seconds_bucket" + labels));
        assertThat(lines)
                .anyMatch(line -> line.startsWith("gen_ai_server_time_per_output_token_seconds_bucket" + labels)
                        && line.contains("le=\"2.5\""));
    }

    @Test
    void breakers_cools_down_and_degraded_answers_show() throws Exception {
        drill.script("claude-opus").times(5, SimulatedFault.status(500));
        grows(
                "the breaker",
                () -> {
                    for (int i = 0; i < 5; i++) {
                        ask("claude-opus");
                    }
                },
                1,
                "camelback_breaker_transitions_total",
                "deployment=\"claude-opus\"",
                "to=\"open\"");
        assertThat(value("camelback_breaker_state", "deployment=\"claude-opus\""))
                .isEqualTo(2);
        drill.script("gpt").then(SimulatedFault.status(401));
        grows(
                "the cooldown",
                () -> ask("gpt"),
                1,
                "camelback_cooldowns_total",
                "name=\"key of openai\"",
                "reason=\"auth\"");
        assertThat(value("camelback_cooling_down", "name=\"key of openai\"")).isEqualTo(1);
        drill.coolDown(List.of("local-qwen", "local-llama"));
        grows(
                "the static answer",
                () -> ask("local"),
                1,
                "camelback_degraded_total",
                "chain=\"local\"",
                "level=\"static\"");
        assertThat(value("camelback_layer_requests_total", "tier=\"static\"")).isPositive();
    }

    @Test
    void broken_streams_refused_requests_and_hostile_headers_are_counted() throws Exception {
        drill.script("claude-opus").then(SimulatedFault.cutAfter(1));
        grows(
                "the break",
                () -> drill.ask("premium", true),
                1,
                "camelback_stream_breaks_total",
                "deployment=\"claude-opus\"");
        grows("the refusal", () -> ask("no-such-model"), 1, "camelback_refused_total", "status=\"404\"");
        grows(
                "the headers",
                () -> drill.ask("premium", false, "CamelHttpUri", "http://evil.example", "camelhttppath", "/x"),
                2,
                "camelback_hostile_headers_total");
    }

    @Test
    void ten_thousand_users_and_models_do_not_make_a_series() throws Exception {
        ask("premium");
        drill.ask("claude-1-opus", false, "x-camelback-task", "task-0", "x-request-id", "id-0");
        ask("unknown");
        GatewayTestCase.soon("the first").until(() -> value("camelback_refused_total", "status=\"404\"") > 0);
        long before = series();
        RequestLogFeeder.callers(drill.gateway(), 10_000);
        drill.ask("claude-2-opus", false, "x-camelback-task", "task-1", "x-request-id", "id-1");
        assertThat(header(drill.ask("models/claude-3-opus", false, "x-camelback-task", "task-2"), "x-camelback-model"))
                .isEqualTo("claude-opus");
        assertThat(series()).isEqualTo(before);
    }

    private static long series() throws Exception {
        return scrape().stream()
                .filter(line -> line.startsWith("camelback_") || line.startsWith("gen_ai_"))
                .count();
    }
}
