package io.camelback.failure;

import java.time.Instant;
import java.util.function.Function;

/** Failures of providers, classified at one moment. */
final class FailureSamples {
    static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    static final Function<String, String> NO_HEADERS = name -> null;

    private FailureSamples() {}
}
