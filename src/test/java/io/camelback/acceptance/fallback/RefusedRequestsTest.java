package io.camelback.acceptance.fallback;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.json.Json;
import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.FixedBytesProvider;
import io.camelback.testkit.FixedBytesProvider.Reply;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RawProviderChain;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whose fault a refusal is: a server's own limit costs the request one link, not its answer, and says why.
 *
 * @see <a href="https://github.com/tashfeenahmed/freellmapi/issues/980">a limit that ended all requests</a>
 * @see <a href="https://github.com/router-for-me/CLIProxyAPI/issues/2464">one request's limit that parked an
 *     account</a>
 */
class RefusedRequestsTest {
    @RegisterExtension
    private static final FixedBytesProvider PROVIDER = new FixedBytesProvider();

    private static final String REFUSAL =
            "{\"error\":{\"message\":\"`max_tokens` must be less than or equal to `8192`. Ask " + GatewayTestCase.CANARY
                    + "\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}";

    @RegisterExtension
    static final GatewayTestCase DRILL =
            RawProviderChain.drill(PROVIDER, GatewayTestCase.SOON, GatewayTestCase::withoutRetries);

    private static final String CHAT =
            "{'model':'%s','max_tokens':%d,'messages':[{'role':'user','content':'%s'}]}".replace('\'', '"');

    static Stream<Arguments> refusals() {
        return Stream.of(RawProviderChain.values())
                .flatMap(chain -> Stream.of("/v1/chat/completions", "/v1/messages")
                        .flatMap(endpoint -> Stream.of(400, 422).map(status -> Arguments.of(chain, endpoint, status))));
    }

    @DisplayName("B30 B31 B32 B41 a refusal by another maker's server")
    @ParameterizedTest(name = "B30 B41 {2} of {0} to a caller of {1}: the next link answers")
    @MethodSource("refusals")
    void next_link(RawProviderChain chain, String endpoint, int status) throws Exception {
        PROVIDER.answer(Reply.json(status, REFUSAL));

        HttpResponse<String> response = DRILL.gateway().post(endpoint, CHAT.formatted(chain.chain, 40_000, "hi"));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt");
        assertThat(DRILL.gateway().vitals.cooldowns().all()).isEmpty();
        assertThat(DRILL.breaker(chain.link).getMetrics().getNumberOfFailedCalls())
                .isZero();
    }

    @DisplayName("B08 B16 the reason of a refusal")
    @ParameterizedTest(name = "B16 with nobody left the caller of {0} reads why, without secrets")
    @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
    void reason(String endpoint) throws Exception {
        PROVIDER.answer(Reply.json(422, REFUSAL));

        HttpResponse<String> response = DRILL.gateway().post(endpoint, CHAT.formatted("first-openai", 40_000, "hi"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.read(response.body()).at("/error/message").asText())
                .contains("`max_tokens` must be less than or equal to `8192`.")
                .doesNotContain("canary", "evil.example");
        assertThat(header(response, "x-should-retry")).isEqualTo("false");
        assertThat(DRILL.record().attempts().get(0).toString()).contains("must be less than or equal to");
    }

    @Test
    @DisplayName("S11 the format's own maker got the request as it came: its refusal is the answer")
    void own_maker() throws Exception {
        DRILL.script("gpt").always(SimulatedFault.status(400));

        HttpResponse<String> response = DRILL.gateway()
                .post(
                        "/v1/chat/completions",
                        CHAT.formatted("gpt", 5, "hi").replace("max_tokens", "max_completion_tokens"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Json.read(response.body()).at("/error/code").asText()).isNotEqualTo("unsupported");
    }

    @DisplayName("X07 a status that nobody lists")
    @ParameterizedTest(name = "X07 {0}: the next link answers")
    @ValueSource(ints = {418, 423, 424, 425, 426, 428, 431, 444, 451, 460, 495, 498, 499})
    void unlisted(int status) throws Exception {
        PROVIDER.answer(Reply.of(
                "HTTP/1.1 " + status
                        + " Told\r\nContent-Type: text/html\r\nContent-Length: 6\r\nConnection: close\r\n\r\n",
                "<html>".getBytes(StandardCharsets.UTF_8),
                FixedBytesProvider.End.FIN));

        HttpResponse<String> response = DRILL.ask("raw-openai", false);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(header(response, "x-camelback-model")).isEqualTo("gpt");
    }

    @DisplayName("B25 a limit that one request exceeds")
    @ParameterizedTest(name = "B25 {0}: {1} starts no cooldown")
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | Extra usage is required for long context requests. | rate_limit_error",
                "429 | Usage credits are required for long context requests. | rate_limit_error",
                "429 | Request too large for gpt on tokens per min (TPM): Limit 30000, Requested 45000. | tokens",
                "413 | Request too large for model on tokens per minute (TPM): Limit 30000, Requested 45000. | tokens"
            })
    void one_request(int status, String message, String type) throws Exception {
        String refusal = "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message
                + "\",\"code\":\"rate_limit_exceeded\"}}";
        PROVIDER.answer(request -> request.contains("big")
                ? Reply.json(status, refusal)
                : Reply.json(
                        200,
                        "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"c\",\"stop_reason\":\"end_turn\","
                                + "\"content\":[{\"type\":\"text\",\"text\":\"small\"}],\"usage\":{\"input_tokens\":1,"
                                + "\"output_tokens\":1}}"));

        HttpResponse<String> big = DRILL.gateway().post("/v1/messages", CHAT.formatted("raw-anthropic", 9, "big"));
        HttpResponse<String> small = DRILL.gateway().post("/v1/messages", CHAT.formatted("raw-anthropic", 9, "hi"));

        assertThat(header(big, "x-camelback-model")).as(big.body()).isEqualTo("gpt");
        assertThat(header(small, "x-camelback-model")).isEqualTo("first-anthropic");
        assertThat(DRILL.gateway().vitals.cooldowns().all()).isEmpty();
    }

    @Test
    @DisplayName("X01 a subscription's limit cools the account down until it is full again")
    void subscription() throws Exception {
        long reset = DRILL.gateway().clock.instant().plusSeconds(300).getEpochSecond();
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"Over the limit.\"}}";
        PROVIDER.answer(Reply.of(
                "HTTP/1.1 429 Told\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\nanthropic-ratelimit-unified-status: rejected\r\nanthropic-ratelimit-unified-reset: "
                        + reset
                        + "\r\nConnection: close\r\n\r\n",
                body.getBytes(StandardCharsets.UTF_8),
                FixedBytesProvider.End.FIN));

        HttpResponse<String> response = DRILL.gateway().post("/v1/messages", CHAT.formatted("raw-anthropic", 9, "hi"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(DRILL.gateway().vitals.cooldowns().all()).containsOnlyKeys("key of raw-anthropic");
        assertThat(DRILL.gateway()
                        .vitals
                        .cooldowns()
                        .cooldown("key of raw-anthropic")
                        .orElseThrow()
                        .left())
                .isEqualTo(Duration.ofSeconds(300));
    }
}
