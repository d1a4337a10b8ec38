package io.camelback.testkit;

import io.camelback.simulator.SimulatedFault;
import io.camelback.simulator.protocol.SimulatedCompletion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What can be wrong with a link before it has said anything, and how often it is asked before the chain goes on. */
public enum FirstLinkFault {
    RATE_LIMITED(1, SimulatedFault.status(429).header("Retry-After", "30").body(Told.OPENAI)),
    RATE_LIMITED_WITHOUT_A_WORD(1, SimulatedFault.status(429).body("")),
    SERVER_ERROR(3, SimulatedFault.status(500).body(Told.OPENAI)),
    BAD_GATEWAY_PAGE(3, SimulatedFault.status(502).body(Told.HTML)),
    UNAVAILABLE(3, SimulatedFault.status(503).body(Told.ANTHROPIC)),
    GATEWAY_TIMEOUT(1, SimulatedFault.status(504).body(Told.HTML)),
    OVERLOADED(3, SimulatedFault.status(529).body(Told.ANTHROPIC)),
    RESET_BEFORE_HEADERS(3, SimulatedFault.resetBeforeHeaders()),
    CLOSED_BEFORE_HEADERS(3, SimulatedFault.closeBeforeHeaders()),
    CUT_BEFORE_CONTENT(1, SimulatedFault.cutAfter(0)),
    SILENCE(1, SimulatedFault.silence()),
    ONLY_PINGS(1, SimulatedFault.pingsBeforeFirstToken(Duration.ofSeconds(4), Duration.ofMillis(100))),
    NO_HTTP(3, SimulatedFault.rawBytes("HTTP/1.1 canary\r\n\r\n".getBytes(StandardCharsets.UTF_8))),
    REDIRECT(
            1,
            SimulatedFault.status(307)
                    .header("Location", "http://evil.example/canary")
                    .body("")),
    NO_CONTENT(1, SimulatedFault.status(204)),
    HTML_WITH_200(1, SimulatedFault.errorIn200(Told.HTML)),
    ERROR_IN_200(1, SimulatedFault.errorIn200(Told.IN_BAND)),
    ERROR_EVENT(1, SimulatedFault.errorEventFirst()),
    EMPTY_COMPLETION(1, SimulatedFault.emptyCompletion()),
    BLANK_COMPLETION(1, SimulatedFault.ok(SimulatedCompletion.text("  \n"))),
    MALFORMED_JSON(1, SimulatedFault.malformedJson(0)),
    JSON_CUT_SHORT(1, SimulatedFault.errorIn200("{\"choices\":[{\"message\":{\"content\":\"canary")),
    BAD_CHUNK_SIZE(1, SimulatedFault.badChunkSize(0)),
    WRONG_KEY(1, SimulatedFault.status(401).body(Told.OPENAI)),
    NO_MONEY(1, SimulatedFault.status(402).body(Told.OPENAI)),
    MODEL_GONE(1, SimulatedFault.status(404).body(Told.OPENAI));

    public final int tries;
    public final SimulatedFault fault;

    FirstLinkFault(int tries, SimulatedFault fault) {
        this.tries = tries;
        this.fault = fault;
    }

    /** Whether it says something about the key, so that no other model is asked with it. */
    public boolean coolsKeyDown() {
        return this == WRONG_KEY || this == NO_MONEY;
    }

    public boolean takesTime() {
        return this == SILENCE || this == ONLY_PINGS;
    }

    private static final class Told {
        static final String OPENAI = "{\"error\":{\"message\":\"" + GatewayTestCase.CANARY
                + "\",\"type\":\"some_error\",\"param\":null," + "\"code\":null}}";
        static final String ANTHROPIC = "{\"type\":\"error\",\"error\":{\"type\":\"some_error\",\"message\":\""
                + GatewayTestCase.CANARY + "\"},\"request_id\":\"req_canary\"}";
        static final String IN_BAND = "{\"error\":{\"message\":\"" + GatewayTestCase.CANARY + "\",\"code\":502}}";
        static final String HTML = "<html><body>" + GatewayTestCase.CANARY + "</body></html>";
    }
}
