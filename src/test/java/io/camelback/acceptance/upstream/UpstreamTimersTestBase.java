package io.camelback.acceptance.upstream;

import io.camelback.attempt.AttemptResult;
import io.camelback.testkit.GatewayTestCase;
import io.camelback.testkit.ProtocolChains;
import org.junit.jupiter.api.BeforeAll;
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

    @BeforeAll
    static void warm() throws Exception {
        for (ProtocolChains dialect : ProtocolChains.values()) {
            drill.ask(dialect.link, true);
        }
    }

    /** The turn that broke off after its answer had begun, as the ledger gets it. */
    static AttemptResult broken() {
        GatewayTestCase.soon("the record of the request")
                .until(() -> !drill.records().isEmpty());
        return drill.records().get(0).answering().orElseThrow();
    }
}
