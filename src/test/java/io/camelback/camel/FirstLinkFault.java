package io.camelback.camel;

import io.camelback.lab.Completion;
import io.camelback.lab.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What can be wrong with a link before it has said anything, and how often it is asked before the chain goes on. */
enum FirstLinkFault {
    RATE_LIMITED(1, Fault.status(429).header("Retry-After", "30").body(Told.OPENAI)),
    RATE_LIMITED_WITHOUT_A_WORD(1, Fault.status(429).body("")),
    SERVER_ERROR(3, Fault.status(500).body(Told.OPENAI)),
    BAD_GATEWAY_PAGE(3, Fault.status(502).body(Told.HTML)),
    UNAVAILABLE(3, Fault.status(503).body(Told.ANTHROPIC)),
    GATEWAY_TIMEOUT(1, Fault.status(504).body(Told.HTML)),
    OVERLOADED(3, Fault.status(529).body(Told.ANTHROPIC)),
    RESET_BEFORE_HEADERS(3, Fault.resetBeforeHeaders()),
    CLOSED_BEFORE_HEADERS(3, Fault.closeBeforeHeaders()),
    CUT_BEFORE_CONTENT(1, Fault.cutAfter(0)),
    SILENCE(1, Fault.silence()),
    ONLY_PINGS(1, Fault.pingsBeforeFirstToken(Duration.ofSeconds(4), Duration.ofMillis(100))),
    NO_HTTP(3, Fault.rawBytes("HTTP/1.1 canary\r\n\r\n".getBytes(StandardCharsets.UTF_8))),
    REDIRECT(1, Fault.status(307).header("Location", "http://evil.example/canary").body("")),
    NO_CONTENT(1, Fault.status(204)),
    HTML_WITH_200(1, Fault.errorIn200(Told.HTML)),
    ERROR_IN_200(1, Fault.errorIn200(Told.IN_BAND)),
    ERROR_EVENT(1, Fault.errorEventFirst()),
    EMPTY_COMPLETION(1, Fault.emptyCompletion()),
    BLANK_COMPLETION(1, Fault.ok(Completion.text("  \n"))),
    MALFORMED_JSON(1, Fault.malformedJson(0)),
    JSON_CUT_SHORT(1, Fault.errorIn200("{\"choices\":[{\"message\":{\"content\":\"canary")),
    BAD_CHUNK_SIZE(1, Fault.badChunkSize(0)),
    WRONG_KEY(1, Fault.status(401).body(Told.OPENAI)),
    NO_MONEY(1, Fault.status(402).body(Told.OPENAI)),
    MODEL_GONE(1, Fault.status(404).body(Told.OPENAI));

    final int tries;
    final Fault fault;

    FirstLinkFault(int tries, Fault fault) {
        this.tries = tries;
        this.fault = fault;
    }

    /** Whether it says something about the key, so that no other model is asked with it. */
    boolean parksKey() {
        return this == WRONG_KEY || this == NO_MONEY;
    }

    boolean takesTime() {
        return this == SILENCE || this == ONLY_PINGS;
    }

    private static final class Told {
        static final String OPENAI = "{\"error\":{\"message\":\"" + Drill.CANARY + "\",\"type\":\"some_error\",\"param\":null,"
                + "\"code\":null}}";
        static final String ANTHROPIC = "{\"type\":\"error\",\"error\":{\"type\":\"some_error\",\"message\":\"" + Drill.CANARY
                + "\"},\"request_id\":\"req_canary\"}";
        static final String IN_BAND = "{\"error\":{\"message\":\"" + Drill.CANARY + "\",\"code\":502}}";
        static final String HTML = "<html><body>" + Drill.CANARY + "</body></html>";
    }
}
