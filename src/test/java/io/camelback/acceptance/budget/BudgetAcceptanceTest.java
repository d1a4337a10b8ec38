package io.camelback.acceptance.budget;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.camel.chain.GroupBudgets;
import io.camelback.ledger.Ledger;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.LedgerSamples;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Budgets of a running gateway: asked before the first byte goes out, settled when the turn is over. */
class BudgetAcceptanceTest extends BudgetAcceptanceTestBase {
    /** What {@link #ask} can cost at most at gpt-mini: 507 tokens in at 0.75 dollars a million, 100 out at 4.50. */
    private static final long WORST = 831;

    @Test
    void a_link_without_room_is_skipped_and_the_chain_goes_on() throws Exception {
        start(budget("claude-opus-5-5", "{ month: 0 }"));

        HttpResponse<String> response = gateway.ask("premium", false);

        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt");
        assertThat(header(response, "x-camelback-attempts")).isEqualTo("1");
        assertThat(gateway.lab.anthropic().received()).isEmpty();
        LedgerSamples.soon(() -> assertThat(LedgerSamples.text(
                        gateway.ledger(), "SELECT why FROM camelback_attempt WHERE outcome = 'skipped'"))
                .isEqualTo("budget used up: the month's budget of claude-opus"));
    }

    @Test
    void K12_when_the_free_one_fails_the_dear_one_is_asked_only_within_its_budget() throws Exception {
        start(config -> budget("gpt-6-sol", "{ day: 0 }").apply(GatewayTestCase.withoutRetries(config)));
        gateway.lab.anthropic().script().always(SimulatedFault.status(500));

        HttpResponse<String> response = gateway.ask("strict", false);

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(gateway.lab.openAi().received()).isEmpty();
    }

    @Test
    void D17_no_text_stands_in_for_a_model_that_money_alone_keeps_away() throws Exception {
        start(config -> config.replace("aliases:\n", "budgets: { total: { month: 0 } }\naliases:\n")
                .replace("price: { input: 0, output: 0 }", "price: { input: 0.01, output: 0.01 }"));

        HttpResponse<String> response = gateway.ask("premium", false);

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).contains("budget_exceeded");
        assertThat(header(response, "x-camelback-degraded")).isNull();
    }

    @Test
    void what_is_free_is_never_refused() throws Exception {
        start(config -> config.replace("aliases:\n", "budgets: { total: { month: 0 } }\naliases:\n"));

        assertThat(header(gateway.ask("premium", false), "x-camelback-model")).isEqualTo("local-qwen");
    }

    @Test
    void K13_one_budget_for_all_endpoints_streams_and_embeddings() throws Exception {
        start(config -> config.replace("aliases:\n", "budgets: { total: { month: 100 } }\naliases:\n"));
        gateway.ask("gpt-mini", true);
        gateway.post(
                "/v1/messages",
                "{\"model\":\"gpt-mini\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        gateway.post("/v1/responses", "{\"model\":\"gpt-mini\",\"input\":\"hi\"}");
        gateway.post("/v1/embeddings", "{\"model\":\"embed-small\",\"input\":\"hi\"}");

        LedgerSamples.soon(() -> assertThat(LedgerSamples.number(
                        gateway.ledger(), "SELECT COUNT(*) FROM camelback_attempt WHERE micro_dollars > 0"))
                .isEqualTo(4));
        assertThat(LedgerSamples.number(gateway.ledger(), "SELECT settled FROM camelback_budget"))
                .isEqualTo(LedgerSamples.number(gateway.ledger(), "SELECT SUM(micro_dollars) FROM camelback_attempt"));
    }

    @Test
    void who_leaves_a_stream_is_charged_for_what_was_delivered() throws Exception {
        start(budget("gpt-5.4-mini", "{ day: 10 }"));
        gateway.lab.openAi().script().always(SimulatedFault.stallAfter(5));
        HttpResponse<InputStream> stream = gateway.client()
                .send(
                        gateway.request("/v1/chat/completions", body("gpt-mini", true)),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.body().read()).isPositive();
        stream.body().close();

        LedgerSamples.soon(
                () -> assertThat(LedgerSamples.number(gateway.ledger(), "SELECT COUNT(*) FROM camelback_attempt"))
                        .isEqualTo(1));
        assertThat(LedgerSamples.number(gateway.ledger(), "SELECT estimated FROM camelback_attempt"))
                .isEqualTo(1);
        assertThat(LedgerSamples.number(gateway.ledger(), "SELECT settled FROM camelback_budget"))
                .isBetween(1L, WORST)
                .isEqualTo(LedgerSamples.number(gateway.ledger(), "SELECT micro_dollars FROM camelback_attempt"));
    }

    @Test
    void a_provider_that_fails_has_earned_nothing() throws Exception {
        start(config -> budget("gpt-5.4-mini", "{ day: 10 }").apply(config));
        gateway.lab.openAi().script().always(SimulatedFault.status(500));
        assertThat(gateway.ask("gpt-mini", false).statusCode()).isEqualTo(502);

        LedgerSamples.soon(
                () -> assertThat(LedgerSamples.number(gateway.ledger(), "SELECT COUNT(*) FROM camelback_attempt"))
                        .isEqualTo(3));
        assertThat(LedgerSamples.number(gateway.ledger(), "SELECT settled FROM camelback_budget"))
                .isZero();
    }

    @Test
    void D05_with_a_full_disk_what_a_budget_must_allow_is_refused_and_the_rest_goes_on() throws Exception {
        start(budget("gpt-5.4-mini", "{ day: 1 }"));
        Ledger ledger = gateway.ledger();
        pages(ledger, LedgerSamples.number(ledger, "PRAGMA page_count"));
        for (int i = 0; ledger.problem().isEmpty(); i++) {
            LedgerSamples.fill(ledger, "filler-" + i);
        }
        LedgerSamples.soon(
                () -> assertThat(gateway.ask("gpt-mini", false).statusCode()).isEqualTo(503));

        HttpResponse<String> refused = gateway.ask("gpt-mini", false);
        assertThat(refused.body()).contains("ledger_unavailable");
        assertThat(header(refused, "Retry-After")).isEqualTo("15");
        assertThat(gateway.ask("claude-haiku", false).statusCode()).isEqualTo(200);
        HttpResponse<String> health = gateway.get(gateway.management("/observe/health"));
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("degraded: the ledger cannot be used: the disk is full");

        pages(ledger, 1_000_000);
        LedgerSamples.soon(
                () -> assertThat(gateway.ask("gpt-mini", false).statusCode()).isEqualTo(200));
    }

    @Test
    void routes_can_ask_how_a_layer_stands() throws Exception {
        start(
                config -> budget("gpt-5.4-mini", "{ month: 0.000001 }")
                        .apply(config)
                        .replace(
                                "aliases:\n",
                                "layers:\n  cheap: { deployments: [gpt-mini] }\n  dear: { deployments: [gpt], budget: { month: 5 } }\naliases:\n"));
        GroupBudgets layers = gateway.standalone
                .gateway()
                .serving()
                .context()
                .getRegistry()
                .lookupByNameAndType("camelback-group-budgets", GroupBudgets.class);
        assertThat(layers.exhausted("cheap")).isFalse();
        assertThat(layers.left("dear")).isEqualByComparingTo("5");

        assertThat(gateway.ask("gpt-mini", false).statusCode()).isEqualTo(429);
        assertThat(layers.exhausted("cheap")).isTrue();
        assertThat(layers.exhausted("dear")).isFalse();
        gateway.ask("gpt", false);
        LedgerSamples.soon(() -> assertThat(layers.spent("dear")).isPositive());
    }

    private static void pages(Ledger ledger, long most) {
        ledger.database().write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("PRAGMA max_page_count = " + most);
            }
        });
    }
}
