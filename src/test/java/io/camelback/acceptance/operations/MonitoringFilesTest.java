package io.camelback.acceptance.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.acceptance.host.ShippedKameletsTest;
import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped dashboard and alert rules ask only for series and labels that a gateway really has. */
class MonitoringFilesTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(MonitoringFilesTest::withoutAPrice);

    private static final Path FOLDER = Path.of("config/monitoring");
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:camelback|gen_ai)_[a-z_]+\\b(?=\\s*(?:[\\[{)> =,]|$))");
    private static final Pattern BY = Pattern.compile("\\b(?:by|on) \\(([^)]*)\\)");
    private static final Pattern MATCHER = Pattern.compile("\\b([a-z_]+)\\s*(?:=~|!~|!=|=)\\s*\"");
    private static Map<String, Set<String>> scraped;

    private static String withoutAPrice(String config) {
        return GatewayTestCase.withoutRetries(config)
                .replace("  strict: { deadline: 600s }", "  strict: { budget: { day: 50 } }")
                .replaceFirst("(?s)(groq-llama:.*?)    price: [^\n]*\n", "$1");
    }

    /** Plays all that makes a series, once. @return the labels of each metric */
    private static synchronized Map<String, Set<String>> scraped() throws Exception {
        if (scraped == null) {
            drill.script("claude-opus")
                    .then(SimulatedFault.status(529), SimulatedFault.ok(), SimulatedFault.cutAfter(1));
            drill.ask("premium", false);
            drill.ask("premium", true, "CamelHttpUri", "x");
            drill.ask("premium", true);
            drill.ask("groq-llama", false);
            drill.ask("nobody", false);
            drill.script("mistral-small")
                    .then(
                            SimulatedFault.errorIn200("{}"),
                            SimulatedFault.rawSse(
                                    "data: {\"choices\":[{\"index\":0,"
                                            + "\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\ndata: {}\n\n",
                                    1000));
            drill.ask("mistral-small", false);
            drill.ask("mistral-small", true);
            drill.script("gpt").then(SimulatedFault.status(404));
            drill.ask("gpt", false);
            drill.coolDown(List.of("local-qwen", "local-llama", "claude-haiku"));
            drill.ask("local", false);
            drill.script("grok").times(5, SimulatedFault.status(500));
            for (int i = 0; i < 5; i++) {
                drill.ask("grok", false);
            }
            drill.coolDown(List.of("openai-4o-mini", "gemini-flash", "deepseek", "glm-nano", "minimax"));
            drill.ask("agent", false);
            drill.gateway().standalone.gateway().requests().waiting("req_1", "premium");
            GatewayTestCase.soon("events")
                    .until(() -> MetricsTest.value(drill.gateway(), "camelback_events_total") > 0);
            scraped = series();
        }
        return scraped;
    }

    private static Map<String, Set<String>> series() throws Exception {
        Map<String, Set<String>> all = new TreeMap<>();
        for (String line : MetricsTest.scrape(drill.gateway())) {
            Matcher name = Pattern.compile("^([a-z_]+)(?:\\{(.*)})? ").matcher(line);
            if (name.find()) {
                Set<String> labels = all.computeIfAbsent(name.group(1), one -> new TreeSet<>());
                if (name.group(2) != null) {
                    Pattern.compile("([a-z_]+)=\"")
                            .matcher(name.group(2))
                            .results()
                            .map(one -> one.group(1))
                            .forEach(labels::add);
                }
            }
        }
        return all;
    }

    private static JsonNode dashboard() throws Exception {
        return Json.read(Files.readString(FOLDER.resolve("grafana-dashboard.json")));
    }

    private static JsonNode alerts() throws Exception {
        return ShippedKameletsTest.yaml(FOLDER.resolve("prometheus-alerts.yaml"))
                .at("/groups/0/rules");
    }

    static Stream<Arguments> expressions() throws Exception {
        Stream<Arguments> panels = stream(dashboard().path("panels"))
                .flatMap(panel -> stream(panel.path("targets"))
                        .map(target -> Arguments.of(
                                "panel " + panel.path("title").asText(),
                                target.path("expr").asText())));
        return Stream.concat(
                panels,
                stream(alerts())
                        .map(alert -> Arguments.of(
                                "alert " + alert.path("alert").asText(),
                                alert.path("expr").asText())));
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return java.util.stream.StreamSupport.stream(list.spliterator(), false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("expressions")
    void asks_for_what_there_is(String what, String expression) throws Exception {
        Set<String> metrics = METRIC.matcher(expression.replaceAll("(?:by|on) \\([^)]*\\)", ""))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        assertThat(metrics).as(expression).isNotEmpty();
        assertThat(scraped().keySet()).containsAll(metrics);
        Set<String> labels = new HashSet<>();
        BY.matcher(expression)
                .results()
                .forEach(by -> labels.addAll(List.of(by.group(1).split(", *"))));
        MATCHER.matcher(expression).results().forEach(matcher -> labels.add(matcher.group(1)));
        Set<String> known =
                metrics.stream().flatMap(metric -> scraped.get(metric).stream()).collect(Collectors.toSet());
        assertThat(known).as(expression).containsAll(labels);
        assertThat(expression.chars().filter(c -> c == '(').count())
                .isEqualTo(expression.chars().filter(c -> c == ')').count());
    }

    @Test
    void every_metric_of_ours_is_on_the_dashboard_or_in_an_alert() throws Exception {
        String all = expressions().map(one -> (String) one.get()[1]).collect(Collectors.joining("\n"));
        assertThat(scraped().keySet())
                .filteredOn(name -> name.startsWith("camelback_"))
                .filteredOn(name -> !all.contains(name))
                .containsExactlyInAnyOrder(
                        "camelback_breaker_transitions_total", "camelback_config_version", "camelback_events_total");
    }

    @Test
    void panels_have_ids_of_their_own_and_alerts_say_what_is_wrong() throws Exception {
        assertThat(stream(dashboard().path("panels"))
                        .map(panel -> panel.path("id").asInt()))
                .doesNotHaveDuplicates();
        assertThat(stream(alerts())).allSatisfy(alert -> {
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/labels/severity").asText()).isIn("info", "warning", "critical");
        });
    }
}
