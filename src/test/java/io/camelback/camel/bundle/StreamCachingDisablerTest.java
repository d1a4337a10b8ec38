package io.camelback.camel.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.simulator.SimulatedFault;
import io.camelback.testkit.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamCachingDisablerTest {
    /** One deployment of each dialect, by its own name, and a chain. */
    static Stream<String> models() {
        return Stream.of("claude-opus", "gpt", "gemini-pro", "premium");
    }

    /** The provider hangs: were its answer read to the end first, no word of it would ever arrive. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void the_caller_has_the_first_words_while_the_provider_still_writes(String model, @TempDir Path home)
            throws Exception {
        try (RunningGateway gateway = RunningGateway.start(home)) {
            gateway.lab.providers().forEach(provider -> provider.script().always(SimulatedFault.stallAfter(2)));

            HttpResponse<String> response = gateway.ask(model, true);

            assertThat(RunningGateway.text(response)).isEqualTo("Hello from");
            assertThat(response.body()).contains("stream_stalled");
            assertThat(RunningGateway.header(response, "x-camelback-attempts")).isEqualTo("1");
        }
    }
}
