package io.camelback.acceptance.upstream;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.RunningGateway;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Providers that cannot even be connected to: nobody listens, or their name leads nowhere. */
class UnreachableProvidersTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(config -> config.replace(
            "providers: {}",
            "providers:\n  anthropic: { base-url: \"http://127.0.0.1:" + closedPort() + "\" }\n"
                    + "  deepseek: { base-url: \"http://nowhere.invalid/v1\" }"));

    private static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}, streamed: {3}")
    @CsvSource({
        "premium, claude-opus, gpt, false",
        "premium, claude-opus, gpt, true",
        "economy, deepseek, groq-llama, false",
        "economy, deepseek, groq-llama, true"
    })
    void the_next_link_answers(String chain, String unreachable, String next, boolean stream) throws Exception {
        HttpResponse<String> response = drill.ask(chain, stream);

        assertThat(header(response, "x-camelback-model")).isEqualTo(next);
        assertThat(header(response, "x-camelback-attempts"))
                .as("nothing is sent again where nobody listens")
                .isEqualTo("2");
        assertThat(drill.failures(unreachable)).isEqualTo(1);
        assertThat(RunningGateway.text(response)).isEqualTo(drill.hello(next));
    }

    @Test
    void five_times_in_vain_is_enough() throws Exception {
        for (int i = 0; i < 5; i++) {
            drill.ask("strict", false);
        }

        assertThat(drill.breaker("claude-opus").getState()).isEqualTo(State.OPEN);
        assertThat(header(drill.ask("premium", false), "x-camelback-attempts")).isEqualTo("1");
    }

    @Test
    void no_address_is_told_to_the_caller() throws Exception {
        HttpResponse<String> response = drill.ask("claude-opus", false);

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().toString() + response.body())
                .contains("upstream_error")
                .doesNotContain("127.0.0.1");
    }
}
