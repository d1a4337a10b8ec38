package io.camelback.simulator;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** A simulated provider for each test. */
abstract class SimulatedProviderTestBase {
    static final Duration LONG = Duration.ofSeconds(10);
    static final String LAST_CHUNK = "0\r\n\r\n";
    final SimulatedProvider provider = SimulatedProvider.start("test");

    @AfterEach
    void close() {
        provider.close();
    }
}
