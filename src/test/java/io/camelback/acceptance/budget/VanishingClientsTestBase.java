package io.camelback.acceptance.budget;

import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ScriptedBytesProvider;
import io.camelback.testkit.UnreachableEndpoints;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * DeepSeek sends what a test says; Groq comes after it and is simulated; Mistral, the third, never takes a connection.
 */
abstract class VanishingClientsTestBase {
    @RegisterExtension
    static final ScriptedBytesProvider PROVIDER = new ScriptedBytesProvider();

    @RegisterExtension
    static final UnreachableEndpoints UNREACHABLE = new UnreachableEndpoints();

    @RegisterExtension
    static final GatewayTestCase DRILL = GatewayTestCase.edited(config -> PROVIDER.insteadOf(
                    "deepseek", GatewayTestCase.patient(GatewayTestCase.withoutRetries(config), Duration.ofSeconds(30)))
            .replace(
                    "\n  deepseek: { base",
                    "\n  mistral: { base-url: \"http://127.0.0.1:" + UNREACHABLE.droppingPort()
                            + "/v1\" }\n  deepseek: { base")
            .replace("connect: 1s", "connect: 20s")
            .replace("max-in-flight: 1000", "max-in-flight: 64"));
}
