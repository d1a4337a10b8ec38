package io.camelback.chaos;

import io.camelback.simulator.SimulatedFault;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * How a simulated provider answers wrongly. Each is less than {@link CallerLoad#TOKENS} tokens, so that none is a whole
 * answer.
 */
enum ProviderTrouble {
    SERVER_ERROR(() -> SimulatedFault.status(500)),
    UNAVAILABLE(() -> SimulatedFault.status(503)),
    OVERLOADED(() -> SimulatedFault.status(529)),
    RATE_LIMITED(() -> SimulatedFault.status(429).header("Retry-After", "1")),
    SILENCE(SimulatedFault::silence),
    RESET_AT_CONNECT(SimulatedFault::resetAtConnect),
    RESET_BEFORE_HEADERS(SimulatedFault::resetBeforeHeaders),
    CLOSE_BEFORE_HEADERS(SimulatedFault::closeBeforeHeaders),
    SLOW_HEADERS(() -> SimulatedFault.slowHeaders(Duration.ofMillis(700))),
    SLOW_FIRST_TOKEN(() -> SimulatedFault.slowFirstToken(Duration.ofMillis(700))),
    STALL_BEFORE_TOKENS(() -> SimulatedFault.stallAfter(0)),
    STALL_AFTER_TOKENS(() -> SimulatedFault.stallAfter(3)),
    CUT_AFTER_TOKENS(() -> SimulatedFault.cutAfter(4)),
    RESET_AFTER_TOKENS(() -> SimulatedFault.resetAfter(4)),
    END_AFTER_TOKENS(() -> SimulatedFault.endAfter(5)),
    ERROR_FIRST(SimulatedFault::errorEventFirst),
    ERROR_AFTER_TOKENS(() -> SimulatedFault.errorEventAfter(3)),
    MALFORMED_JSON(() -> SimulatedFault.malformedJson(2)),
    BAD_CHUNK_SIZE(() -> SimulatedFault.badChunkSize(2)),
    HTML(SimulatedFault::htmlWith200),
    ERROR_IN_200(() -> SimulatedFault.errorIn200("{\"error\":{\"code\":502,\"message\":\"upstream\"}}")),
    EMPTY_ANSWER(SimulatedFault::emptyCompletion);

    private final Supplier<SimulatedFault> fault;

    ProviderTrouble(Supplier<SimulatedFault> fault) {
        this.fault = fault;
    }

    SimulatedFault fault() {
        return fault.get();
    }

    static String[] names() {
        return Arrays.stream(values()).map(Enum::name).toArray(String[]::new);
    }
}
