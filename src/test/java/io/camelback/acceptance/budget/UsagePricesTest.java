package io.camelback.acceptance.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer costs by what the provider counts beside its tokens: cache writes, searches, runs of other models. */
class UsagePricesTest extends ServiceTierTestBase {
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void cache_writes_of_minutes_and_of_an_hour_have_their_own_prices(boolean stream) throws Exception {
        String usage = "\"input_tokens\":100,\"output_tokens\":1000,\"cache_creation_input_tokens\":3000,"
                + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":1000,\"ephemeral_1h_input_tokens\":2000}";
        provider.answer(request -> anthropic(usage, stream));

        HttpResponse<String> response = ask("priced-anthropic", "anthropic", "-", stream);

        assertThat(row(response, "micro_dollars")).isEqualTo(String.valueOf(10_200 + 2_500 + 8_000));
        assertThat(row(response, "cache_write_1h_tokens")).isEqualTo("2000");
    }

    @Test
    void searches_that_the_provider_counts_are_paid_for() throws Exception {
        provider.answer(request -> anthropic(
                "\"input_tokens\":100,\"output_tokens\":1000,\"server_tool_use\":{\"web_search_requests\":3}", true));

        HttpResponse<String> response = ask("priced-anthropic", "anthropic", "-", true);

        assertThat(row(response, "micro_dollars")).isEqualTo("40200");
        assertThat(row(response, "tool_calls")).isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void each_run_of_a_model_is_booked_at_its_own_price(boolean stream) throws Exception {
        provider.answer(request -> anthropic(
                "\"input_tokens\":100,\"output_tokens\":1000,\"iterations\":["
                        + "{\"type\":\"message\",\"model\":\"raw\",\"input_tokens\":100,\"output_tokens\":10},"
                        + "{\"type\":\"fallback_message\",\"model\":\"claude-helper-20261001\","
                        + "\"input_tokens\":100,\"output_tokens\":1000}]",
                stream));

        HttpResponse<String> response = ask("priced-anthropic", "anthropic", "-", stream);

        assertThat(row(response, "micro_dollars")).isEqualTo(String.valueOf(200 + 100 + 100 + 5_000));
        assertThat(row(response, "other_models")).isEqualTo("claude-helper-20261001");
        assertThat(row(response, "output_tokens")).isEqualTo("1010");
    }

    @Test
    void a_model_that_nobody_knows_the_price_of_makes_the_cost_unknown() throws Exception {
        provider.answer(request -> anthropic(
                "\"input_tokens\":100,\"output_tokens\":1000,\"iterations\":["
                        + "{\"type\":\"fallback_message\",\"model\":\"claude-unknown\","
                        + "\"input_tokens\":100,\"output_tokens\":1000}]",
                false));

        HttpResponse<String> response = ask("priced-anthropic", "anthropic", "-", false);

        assertThat(row(response, "micro_dollars")).isNull();
    }

    @Test
    void fallbacks_of_the_provider_are_left_out_where_one_has_no_price_and_a_budget_counts() throws Exception {
        provider.answer(request -> {
            received.put("anthropic", request);
            return anthropic("\"input_tokens\":10,\"output_tokens\":10", false);
        });
        for (String fallbacks : new String[] {"\"default\"", "[{\"model\":\"claude-unknown\"}]"}) {
            String body = "{\"model\":\"roomy\",\"max_tokens\":1000,\"fallbacks\":" + fallbacks
                    + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

            HttpResponse<String> response = gateway.client()
                    .send(
                            gateway.request("/v1/messages", body, "anthropic-beta", "server-side-fallback-2026-07-01"),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(received.get("anthropic")).doesNotContain("\"fallbacks\"");
        }
    }
}
