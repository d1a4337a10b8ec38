package io.camelback.acceptance.budget;

import io.camelback.telemetry.record.RequestRecord;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ScriptedBytesProvider;
import io.camelback.testkit.UnreachableEndpoints;
import io.camelback.tokens.TokenEstimate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * DeepSeek sends what a test says; Groq comes after it and is simulated; Mistral, the third, never takes a connection.
 */
abstract class VanishingClientsTestBase {
    @RegisterExtension
    static final ScriptedBytesProvider PROVIDER = new ScriptedBytesProvider();

    @RegisterExtension
    static final UnreachableEndpoints UNREACHABLE = new UnreachableEndpoints();

    static final List<RequestRecord> RECORDS = new CopyOnWriteArrayList<>();

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(config -> PROVIDER.insteadOf(
                    "deepseek", GatewayTestCase.patient(GatewayTestCase.withoutRetries(config), Duration.ofSeconds(30)))
            .replace(
                    "\n  deepseek: { base",
                    "\n  mistral: { base-url: \"http://127.0.0.1:" + UNREACHABLE.droppingPort()
                            + "/v1\" }\n  deepseek: { base")
            .replace("connect: 1s", "connect: 20s")
            .replace("max-in-flight: 1000", "max-in-flight: 64"));

    @BeforeAll
    static void listen() {
        // The first count of all loads the tokenizer, which takes its time.
        TokenEstimate.of("hi");
        DRILL.gateway().standalone.gateway().requests().listen(RECORDS::add);
    }

    @BeforeEach
    void forget() {
        RECORDS.clear();
    }
}
