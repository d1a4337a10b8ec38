package io.camelback.chaos;

import io.camelback.lab.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

/** How a simulated provider answers wrongly. Each is less than {@link CallerLoad#TOKENS} tokens, so that none is a whole answer. */
enum ProviderTrouble {
    SERVER_ERROR(() -> Fault.status(500)),
    UNAVAILABLE(() -> Fault.status(503)),
    OVERLOADED(() -> Fault.status(529)),
    RATE_LIMITED(() -> Fault.status(429).header("Retry-After", "1")),
    SILENCE(Fault::silence),
    RESET_AT_CONNECT(Fault::resetAtConnect),
    RESET_BEFORE_HEADERS(Fault::resetBeforeHeaders),
    CLOSE_BEFORE_HEADERS(Fault::closeBeforeHeaders),
    SLOW_HEADERS(() -> Fault.slowHeaders(Duration.ofMillis(700))),
    SLOW_FIRST_TOKEN(() -> Fault.slowFirstToken(Duration.ofMillis(700))),
    STALL_BEFORE_TOKENS(() -> Fault.stallAfter(0)),
    STALL_AFTER_TOKENS(() -> Fault.stallAfter(3)),
    CUT_AFTER_TOKENS(() -> Fault.cutAfter(4)),
    RESET_AFTER_TOKENS(() -> Fault.resetAfter(4)),
    END_AFTER_TOKENS(() -> Fault.endAfter(5)),
    ERROR_FIRST(Fault::errorEventFirst),
    ERROR_AFTER_TOKENS(() -> Fault.errorEventAfter(3)),
    MALFORMED_JSON(() -> Fault.malformedJson(2)),
    BAD_CHUNK_SIZE(() -> Fault.badChunkSize(2)),
    HTML(Fault::htmlWith200),
    ERROR_IN_200(() -> Fault.errorIn200("{\"error\":{\"code\":502,\"message\":\"upstream\"}}")),
    EMPTY_ANSWER(Fault::emptyCompletion);

    private final Supplier<Fault> fault;

    ProviderTrouble(Supplier<Fault> fault) {
        this.fault = fault;
    }

    Fault fault() {
        return fault.get();
    }

    static String[] names() {
        return Arrays.stream(values()).map(Enum::name).toArray(String[]::new);
    }
}
