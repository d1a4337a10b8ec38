package io.camelback.acceptance.inbound;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.GatewayTestCase;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider's limits and request ids, for callers who know what they mean. */
class RelayedHeadersTest {
    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.shipped();

    private static final List<String> LIMITS =
            List.of("anthropic-ratelimit-requests-remaining", "x-ratelimit-remaining-requests");

    private static HttpResponse<String> messages(String model, boolean stream, String... headers) throws Exception {
        return DRILL.gateway()
                .post(
                        "/v1/messages",
                        "{\"model\":\"" + model + "\",\"max_tokens\":99,\"stream\":" + stream
                                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                        headers);
    }

    private static void assertNone(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        LIMITS.forEach(name -> assertThat(header(response, name)).as(name).isNull());
        assertThat(header(response, "request-id")).isEqualTo(header(response, "x-camelback-request-id"));
        assertThat(header(response, "x-request-id")).isEqualTo(header(response, "x-camelback-request-id"));
    }

    @ParameterizedTest(name = "streamed: {0}")
    @CsvSource({"false", "true"})
    void a_caller_of_the_same_dialect_sees_the_accounts_limits_and_the_providers_id(boolean stream) throws Exception {
        HttpResponse<String> anthropic = messages("claude-opus", stream);
        HttpResponse<String> openAi = DRILL.ask("gpt", stream);

        assertThat(header(anthropic, "anthropic-ratelimit-requests-remaining")).isEqualTo("3999");
        assertThat(header(anthropic, "anthropic-ratelimit-requests-reset")).isEqualTo("2026-11-20T12:01:00Z");
        assertThat(header(anthropic, "request-id")).startsWith("req_sim_");
        assertThat(header(anthropic, "x-camelback-request-id")).matches("req_[0-9a-f]{24}");
        assertThat(header(anthropic, "anthropic-organization-id")).isNull();
        assertThat(header(openAi, "x-ratelimit-remaining-requests")).isEqualTo("9999");
        assertThat(header(openAi, "x-request-id")).startsWith("req_sim_");
        assertThat(header(openAi, "openai-organization")).isNull();
    }

    @ParameterizedTest(name = "streamed: {0}")
    @CsvSource({"false", "true"})
    void a_caller_of_another_dialect_sees_none(boolean stream) throws Exception {
        assertNone(messages("gpt", stream));
        assertNone(DRILL.ask("claude-opus", stream));
    }

    @Test
    void after_a_failover_from_another_account_there_are_none() throws Exception {
        DRILL.script("claude-opus").always(SimulatedFault.status(529));

        HttpResponse<String> response = DRILL.ask("premium", false);

        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt");
        assertNone(response);
    }

    @Test
    void after_a_retry_at_the_same_account_there_are() throws Exception {
        DRILL.script("claude-opus").then(SimulatedFault.status(500));

        assertThat(header(messages("premium", false), "anthropic-ratelimit-requests-remaining"))
                .isEqualTo("3999");
    }

    @Test
    void a_caller_who_named_the_request_gets_that_name_back() throws Exception {
        HttpResponse<String> response = messages("claude-opus", false, "x-request-id", "mine-1");

        assertThat(header(response, "request-id")).isEqualTo("mine-1");
        assertThat(header(response, "anthropic-ratelimit-requests-remaining")).isEqualTo("3999");
    }

    @Test
    void embeddings_have_limits_too() throws Exception {
        HttpResponse<String> response =
                DRILL.gateway().post("/v1/embeddings", "{\"model\":\"embed-small\",\"input\":\"hi\"}");

        assertThat(header(response, "x-ratelimit-remaining-requests")).isEqualTo("9999");
    }
}
