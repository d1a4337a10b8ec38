package io.camelback.acceptance.upstream;

import io.camelback.attempt.AttemptResult;
import io.camelback.telemetry.record.RequestRecord;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ProtocolChains;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A running gateway with the timers of its test profile cut to about a tenth: headers 500 ms, first content 800 ms,
 * idle 1.5 s, total 4 s.
 */
abstract class UpstreamTimersTestBase {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.edited(config -> GatewayTestCase.withoutRetries(config)
            .replace(
                    "first-token: 500ms, idle: 500ms, total: 5s",
                    "headers: 500ms, first-token: 800ms, idle: 1500ms, total: 4s")
            .replace(
                    "    model: llama-3.3-70b-versatile\n",
                    "    model: llama-3.3-70b-versatile\n    stream-upstream: false\n"));

    static final Queue<RequestRecord> DONE = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void warm() throws Exception {
        drill.gateway().standalone.gateway().requests().listen(DONE::add);
        for (ProtocolChains dialect : ProtocolChains.values()) {
            drill.ask(dialect.link, true);
        }
    }

    @BeforeEach
    void forget() {
        DONE.clear();
    }

    /** The turn that broke off after its answer had begun, as the ledger gets it. */
    static AttemptResult broken() {
        GatewayTestCase.soon("the record of the request").until(() -> !DONE.isEmpty());
        return DONE.element().answering().orElseThrow();
    }
}
