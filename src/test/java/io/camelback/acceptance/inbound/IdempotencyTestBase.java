package io.camelback.acceptance.inbound;

import io.camelback.testkit.GatewayTestCase;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A running gateway, and a new Idempotency-Key for each test. */
abstract class IdempotencyTestBase {
    static final String CHAT = "/v1/chat/completions";

    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(
            config -> GatewayTestCase.withoutRetries(GatewayTestCase.patient(config, Duration.ofSeconds(20)))
                    .replace("max-answer: 8MiB", "max-answer: 64KiB"));

    String key;

    @BeforeEach
    void a_key_of_its_own() {
        key = UUID.randomUUID().toString();
    }
}
