package io.camelback.acceptance.budget;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.camelback.json.Json;
import io.camelback.ledger.Ledger;
import io.camelback.report.ReportGrouping;
import io.camelback.report.ReportJson;
import io.camelback.report.ReportQuery;
import io.camelback.report.ReportText;
import io.camelback.report.UsageReport;
import io.camelback.server.reload.ReloadingGateway;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.LedgerSamples;
import io.camelback.testkit.RunningGateway;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Quotas of a running gateway: of deployments and of client keys. */
class QuotaAcceptanceTest {
    @RegisterExtension
    static final GatewayTestCase drill =
            GatewayTestCase.edited(config -> GatewayTestCase.patient(config, Duration.ofSeconds(20))
                    .replace(
                            "    model: claude-opus-5-5\n",
                            "    model: claude-opus-5-5\n    limits: { requests: { day: 2 }, tokens: unlimited,"
                                    + " cooldown-on-limit: 24h }\n"));

    private static String others;

    @BeforeAll
    static void a_key_without_limits() throws Exception {
        others = key("others", "{}");
    }

    @Test
    void a_deployment_that_is_at_its_limit_is_skipped_for_a_day_and_the_chain_goes_on() throws Exception {
        assertThat(header(ask("premium"), "x-camelback-model")).isEqualTo("claude-opus");
        assertThat(header(ask("premium"), "x-camelback-model")).isEqualTo("claude-opus");

        assertThat(header(ask("premium"), "x-camelback-model")).isEqualTo("gpt");

        drill.awaitLog("claude-opus quota: 2 requests a day", "gpt ok");
        drill.awaitLog(
                "warning quota.reached: claude-opus has had its 2 requests a day, and is left alone until 2026-11-21T12:00:00Z.");
        drill.gateway().clock.advance(Duration.ofHours(13));
        HttpResponse<String> pinned = ask("claude-opus");
        assertThat(pinned.statusCode()).isEqualTo(429);
        assertThat(header(pinned, "Retry-After"))
                .isEqualTo(String.valueOf(Duration.ofHours(11).toSeconds()));
        drill.gateway().clock.advance(Duration.ofHours(11));
        assertThat(header(ask("premium"), "x-camelback-model")).isEqualTo("claude-opus");
    }

    @Test
    void a_key_at_its_limit_is_told_how_it_stands_and_when_to_come_again() throws Exception {
        String secret = key("three", "{\"limits\":{\"requests/hour\":\"3\",\"tokens/day\":\"100000\"}}");
        HttpResponse<String> first = drill.ask("gpt-mini", false, "x-api-key", secret);
        drill.gateway()
                .post(
                        "/v1/messages",
                        "{\"model\":\"gpt-mini\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                        "x-api-key",
                        secret);
        drill.gateway().post("/v1/embeddings", "{\"model\":\"embed-small\",\"input\":\"hi\"}", "x-api-key", secret);

        HttpResponse<String> refused = drill.ask("gpt-mini", true, "x-api-key", secret);

        assertThat(header(first, "x-ratelimit-limit-requests")).isEqualTo("3");
        assertThat(header(first, "x-ratelimit-remaining-requests")).isEqualTo("2");
        assertThat(header(first, "x-ratelimit-limit-tokens")).isEqualTo("100000");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Json.read(refused.body()).at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
        assertThat(header(refused, "x-ratelimit-remaining-requests")).isEqualTo("0");
        assertThat(Long.parseLong(header(refused, "Retry-After"))).isBetween(1L, 3_600L);
        assertThat(drill.ask("gpt-mini", false, "x-api-key", others).statusCode())
                .isEqualTo(200);
        drill.awaitLog(
                "info caller.limited: The client key key_", "has had its 3 requests an hour, and is refused until ");
    }

    @Test
    void a_limit_that_the_provider_says_is_used_up_is_not_run_into() throws Exception {
        String answer =
                "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-6-sol\",\"choices\":"
                        + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}";
        drill.script("gpt")
                .then(SimulatedFault.status(200)
                        .header("x-ratelimit-remaining-requests", "0")
                        .header("x-ratelimit-reset-requests", "1m30s")
                        .body(answer));
        assertThat(ask("gpt").statusCode()).isEqualTo(200);

        HttpResponse<String> limited = ask("gpt");

        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(header(limited, "Retry-After")).isEqualTo("90");
        assertThat(drill.asked("gpt")).isEqualTo(1);
    }

    @Test
    void K21_who_opens_too_many_streams_waits_and_nobody_else_does() throws Exception {
        String secret = key("many", "{\"limits\":{\"concurrent\":\"3\"}}");
        drill.provider("gpt-mini").script().forModel("gpt-5.4-mini").always(SimulatedFault.stallAfter(1));
        List<HttpResponse<InputStream>> streams = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            HttpResponse<InputStream> stream = drill.gateway()
                    .client()
                    .send(
                            drill.gateway()
                                    .request(
                                            "/v1/chat/completions",
                                            RunningGateway.chat("gpt-mini", true),
                                            "x-api-key",
                                            secret),
                            HttpResponse.BodyHandlers.ofInputStream());
            assertThat(stream.body().read()).isPositive();
            streams.add(stream);
        }

        List<CompletableFuture<HttpResponse<String>>> more = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            more.add(drill.gateway()
                    .client()
                    .sendAsync(
                            drill.gateway()
                                    .request(
                                            "/v1/chat/completions",
                                            RunningGateway.chat("claude-haiku", true),
                                            "x-api-key",
                                            secret),
                            HttpResponse.BodyHandlers.ofString()));
        }

        for (CompletableFuture<HttpResponse<String>> one : more) {
            assertThat(one.get().statusCode()).isEqualTo(429);
            assertThat(header(one.get(), "Retry-After")).isEqualTo("1");
        }
        assertThat(drill.ask("claude-haiku", false, "x-api-key", others).statusCode())
                .isEqualTo(200);
        for (HttpResponse<InputStream> stream : streams) {
            stream.body().close();
        }
        GatewayTestCase.soon("a place for the next")
                .untilAsserted(() -> assertThat(drill.ask("claude-haiku", false, "x-api-key", secret)
                                .statusCode())
                        .isEqualTo(200));
    }

    @Test
    void the_report_by_key_says_how_each_key_s_quotas_and_budgets_stand_and_those_of_deployments() throws Exception {
        String secret = key("reported", "{\"limits\":{\"requests/month\":\"300\"},\"budget\":{\"month\":\"20\"}}");
        drill.gateway().clock.advance(Duration.ofDays(90));
        assertThat(drill.ask("gpt-mini", false, "x-api-key", secret).statusCode())
                .isEqualTo(200);
        for (int i = 0; i < 3; i++) {
            ask("claude-opus");
        }
        ReloadingGateway gateway = drill.gateway().standalone.gateway();
        Ledger ledger = gateway.accounts().ledger().orElseThrow();
        Instant now = drill.gateway().clock.instant();
        LedgerSamples.soon(() -> assertThat(
                        LedgerSamples.number(ledger, "SELECT SUM(settled) FROM camelback_budget WHERE reserved = 0"))
                .isPositive());

        UsageReport report = new ReportQuery(
                        ledger.database(), gateway.serving().loaded().config())
                .report(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)), ReportGrouping.KEY, null, now);

        assertThat(String.join("\n", ReportText.lines(report)))
                .containsPattern("2 requests a day of claude-opus +2 +cools down +"
                        + now.plus(Duration.ofDays(1))
                                .toString()
                                .substring(0, 16)
                                .replace('T', ' '))
                .containsPattern("300 requests a month of key key_[\\w-]+ +1 +299 +20\\d\\d-\\d\\d-01 00:00")
                .containsPattern("month's budget of key key_[\\w-]+ +20.0000 +0.00");
        assertThat(ReportJson.of(report).at("/quotas/0/cools_down").asBoolean()).isTrue();
        JsonNode state = Json.read(drill.gateway()
                        .get(drill.gateway().management("/api/state"))
                        .body())
                .at("/quotas/0");
        assertThat(state.path("deployment").asText()).isEqualTo("claude-opus");
        assertThat(state.path("used").asInt()).isEqualTo(2);
        assertThat(state.path("cools_down").asBoolean()).isTrue();
        JsonNode shown = act("{\"action\":\"show\",\"key\":\"reported\"}");
        assertThat(shown.at("/quotas/0/quota").asText()).isEqualTo("300 requests a month");
        assertThat(shown.at("/quotas/0/left").asInt()).isEqualTo(299);
        assertThat(shown.at("/budgets/0/left_usd").asText()).startsWith("19.9");
        assertThat(new ReportQuery(ledger.database(), gateway.serving().loaded().config())
                        .report(
                                now.minus(Duration.ofDays(2)),
                                now.minus(Duration.ofDays(1)),
                                ReportGrouping.KEY,
                                null,
                                now)
                        .quotas())
                .as("of a time that is over")
                .isEmpty();
    }

    private static HttpResponse<String> ask(String model) throws Exception {
        return drill.ask(model, false, "x-api-key", others);
    }

    private static String key(String name, String settings) throws Exception {
        return act("{\"action\":\"create\",\"name\":\"" + name + "\",\"settings\":" + settings + "}")
                .path("secret")
                .asText();
    }

    private static JsonNode act(String what) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(drill.gateway().management("/api/keys"))
                .header("x-camelback-action", "1")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(what))
                .build();
        return Json.read(drill.gateway()
                .client()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body());
    }
}
