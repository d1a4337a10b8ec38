package io.camelback.acceptance.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.attempt.ChainEscalation;
import io.camelback.cli.RootCommand;
import io.camelback.event.DeliveredEvent;
import io.camelback.json.Json;
import io.camelback.ledger.Ledger;
import io.camelback.pricing.Cost;
import io.camelback.pricing.ModelPrice;
import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import io.camelback.telemetry.record.RequestRecord;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.RunningGateway;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/**
 * An agent's month, through the gateway: three layers as config/camelback.yaml describes them (50 and 100 requests a
 * day, 24 hours of cooldown, 8, 10 and 5 dollars a month), on a clock of the test's. Some days have many requests and
 * some long ones; then the free model that has no limit of ours is at its provider's own. It is a month with a day of
 * 23 hours.
 */
class AgentMonthIT {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalDate FIRST = LocalDate.of(2027, 3, 1);

    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(AgentMonthConfig::asDescribed);

    private final Queue<RequestRecord> records = new ConcurrentLinkedQueue<>();
    private final Queue<DeliveredEvent> events = new ConcurrentLinkedQueue<>();
    private final Map<String, Map<LocalDate, Integer>> daily = new HashMap<>();
    private final Map<String, List<Instant>> answered = new HashMap<>();
    private final Map<String, Long> cost = new HashMap<>();
    private int requests;

    @Test
    void K15_a_month_of_seed_001_keeps_every_limit_and_cap_tells_each_escalation_and_the_report_shows_it()
            throws Exception {
        drill.gateway().standalone.gateway().requests().listen(records::add);
        drill.gateway().standalone.gateway().observation().events().listen(events::add);
        for (LocalDate day = FIRST; day.getMonth() == FIRST.getMonth(); day = day.plusDays(1)) {
            day(day, AgentDay.of(day));
        }

        limits_are_kept();
        caps_are_kept();
        escalations_are_told();
        the_report_shows_it();
    }

    private void day(LocalDate day, AgentDay kind) throws Exception {
        AgentMonthConfig.DEPLOYMENTS.forEach(name -> drill.script(name)
                .always(SimulatedFault.ok(SimulatedCompletion.text("done").usage(kind.usage(name)))));
        if (kind != AgentDay.QUIET) {
            drill.script("deepseek").always(SimulatedFault.status(429).body("{}"));
        }
        Instant midnight = day.atStartOfDay(BERLIN).toInstant();
        long length = Duration.between(
                        midnight, day.plusDays(1).atStartOfDay(BERLIN).toInstant())
                .toMillis();
        String body = "{\"model\":\"agent\",\"max_tokens\":" + kind.most
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + "word ".repeat(kind.tokens) + "\"}]}";
        for (int i = 0; i < kind.requests; i++) {
            Instant moment = midnight.plusMillis(length * (2 * i + 1) / (2 * kind.requests));
            drill.gateway().clock.advance(Duration.between(drill.gateway().clock.instant(), moment));
            HttpResponse<String> response = i % 20 == 3
                    ? drill.gateway()
                            .post(
                                    "/v1/chat/completions",
                                    body,
                                    "x-camelback-task",
                                    "architecture",
                                    "x-camelback-files",
                                    "9")
                    : drill.gateway().post("/v1/chat/completions", body);
            requests++;
            GatewayTestCase.soon("the record, by the time of the request").until(() -> records.size() == requests);
            if (response.statusCode() == 200) {
                answered(day, moment, RunningGateway.header(response, "x-camelback-model"), kind);
            } else {
                assertThat(response.statusCode()).isEqualTo(429);
                assertThat(Json.read(response.body()).at("/error/code").asText())
                        .isIn("budget_exceeded", "rate_limited");
                assertThat(response.headers().firstValue("Retry-After")).isPresent();
            }
        }
    }

    private void answered(LocalDate day, Instant moment, String deployment, AgentDay kind) {
        daily.computeIfAbsent(deployment, first -> new HashMap<>()).merge(day, 1, Integer::sum);
        answered.computeIfAbsent(deployment, first -> new ArrayList<>()).add(moment);
        ModelPrice price = drill.gateway()
                .standalone
                .gateway()
                .serving()
                .loaded()
                .config()
                .deployment(deployment)
                .orElseThrow()
                .price();
        cost.merge(
                deployment, Cost.of(price, kind.usage(deployment)).orElseThrow().microDollars(), Long::sum);
    }

    private void limits_are_kept() {
        Ledger ledger = ledger();
        LedgerSamples.soon(() -> assertThat(ledger.waiting()).isZero());
        assertThat(daily.get("openai-4o-mini").values())
                .as("a day")
                .allMatch(count -> count <= 50)
                .contains(50);
        assertThat(daily.get("gemini-flash").values())
                .allMatch(count -> count <= 100)
                .contains(100);
        List<Long> limited = new ArrayList<>();
        ledger.database().read(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT at FROM camelback_attempt "
                            + "WHERE deployment = 'openai-4o-mini' AND why LIKE 'quota: % a day'")) {
                while (row.next()) {
                    limited.add(row.getLong(1));
                }
            }
            return null;
        });
        assertThat(limited).as("times that it came to a limit").hasSizeGreaterThan(5);
        for (long at : limited) {
            assertThat(answered.get("openai-4o-mini"))
                    .noneMatch(moment -> moment.toEpochMilli() > at
                            && moment.toEpochMilli() < at + Duration.ofHours(24).toMillis());
        }
    }

    private void caps_are_kept() {
        Ledger ledger = ledger();
        LedgerSamples.soon(() -> assertThat(
                        LedgerSamples.number(ledger, "SELECT COALESCE(SUM(reserved), 0) FROM camelback_budget"))
                .isZero());
        Map.of(
                        "deployment:glm-nano:month",
                        8_000_000L,
                        "deployment:minimax:month",
                        10_000_000L,
                        "layer:premium:month",
                        5_000_000L)
                .forEach((budget, cap) -> assertThat(settled(budget))
                        .as(budget)
                        .isLessThanOrEqualTo(cap)
                        .isGreaterThan(cap * 8 / 10));
        assertThat(cost.get("glm-nano")).isEqualTo(settled("deployment:glm-nano:month"));
        assertThat(cost.get("minimax")).isEqualTo(settled("deployment:minimax:month"));
        assertThat(cost.get("claude-haiku") + cost.getOrDefault("openai-4o", 0L))
                .isEqualTo(settled("layer:premium:month"));
        answered.forEach((name, moments) -> {
            if (!name.equals("deepseek")) {
                assertThat(drill.asked(name)).as("as " + name + " counted").isEqualTo(moments.size());
            }
        });
    }

    private static long settled(String budget) {
        return LedgerSamples.number(ledger(), "SELECT settled FROM camelback_budget WHERE budget = '" + budget + "'");
    }

    private void escalations_are_told() {
        Map<String, String> lines = new HashMap<>();
        drill.log().stream()
                .filter(line -> line.contains(" agent -> "))
                .forEach(line -> lines.put(line.substring(0, line.indexOf(' ')), line));
        Map<String, Integer> triggers = new HashMap<>();
        for (RequestRecord record : records) {
            boolean stayed =
                    List.of("openai-4o-mini", "gemini-flash", "deepseek").contains(String.valueOf(record.deployment()));
            assertThat(record.escalations().isEmpty()).as(record.toString()).isEqualTo(stayed);
            for (ChainEscalation escalation : record.escalations()) {
                triggers.merge(escalation.toString(), 1, Integer::sum);
                assertThat(lines.get(record.id())).contains("(" + escalation + ")");
            }
            if (record.complexity().doubleValue() > 8) {
                assertThat(record.escalations())
                        .extracting(ChainEscalation::toString)
                        .containsExactly("agent-premium: complexity");
            }
        }
        assertThat(triggers.keySet())
                .containsExactlyInAnyOrder(
                        "agent-premium: complexity", "agent-budget: rate_limit_exceeded", "agent-premium: exhausted");
        assertThat(events)
                .extracting(notice ->
                        notice.event().type().word() + " " + notice.event().subject())
                .contains(
                        "escalation agent-premium: complexity",
                        "escalation agent-budget: rate_limit_exceeded",
                        "escalation agent-premium: exhausted",
                        "budget.threshold deployment:glm-nano:month 80",
                        "budget.threshold deployment:minimax:month 80",
                        "budget.threshold layer:premium:month 80",
                        "layer.exhausted premium",
                        "quota.reached openai-4o-mini: 50 requests a day",
                        "quota.reached openai-4o-mini: 100000 tokens a day",
                        "quota.reached gemini-flash: 100 requests a day",
                        "chain.exhausted agent");
        triggers.forEach((escalation, count) -> assertThat(LedgerSamples.number(
                        ledger(),
                        "SELECT COUNT(*) FROM camelback_escalation WHERE " + "layer || ': ' || cause = '" + escalation
                                + "'"))
                .as(escalation)
                .isEqualTo((long) count));
    }

    private void the_report_shows_it() throws Exception {
        JsonNode json = Json.read(report("--json"));
        assertThat(json.path("requests").asInt()).isEqualTo(requests);
        assertThat(json.path("budgets"))
                .hasSize(3)
                .allSatisfy(budget -> assertThat(dollars(budget, "spent_usd"))
                        .isPositive()
                        .isLessThanOrEqualTo(dollars(budget, "cap_usd")));
        assertThat(json.at("/premium/with").asText()).isEqualTo("openai-4o");
        assertThat(dollars(json.path("premium"), "instead_usd"))
                .isGreaterThan(dollars(json.path("premium"), "cost_usd"));
        String text = report("--by", "layer");
        assertThat(text)
                .contains(
                        "Before, all by openai-4o:",
                        "Saved:  $",
                        "month's budget of layer premium",
                        "agent-budget",
                        "rate_limit_exceeded",
                        "complexity",
                        "exhausted");
        assertThat(text.lines().map(line -> line.replaceAll(" .*", ""))).contains("free", "budget", "premium");
    }

    private static BigDecimal dollars(JsonNode json, String name) {
        return new BigDecimal(json.path(name).asText());
    }

    private static String report(String... more) {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of(
                "report", "--home", drill.gateway().home.toString(), "--month", "2027-03", "--premium", "openai-4o"));
        all.addAll(List.of(more));
        assertThat(new CommandLine(new RootCommand())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(out, true))
                        .execute(all.toArray(new String[0])))
                .as(out.toString())
                .isZero();
        return out.toString();
    }

    private static Ledger ledger() {
        return drill.gateway().ledger();
    }
}
