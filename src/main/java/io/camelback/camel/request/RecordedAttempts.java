package io.camelback.camel.request;

import io.camelback.attempt.AttemptResult;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** The attempts that are in the ledger already, written together with their bills. Thread-safe. */
public final class RecordedAttempts {
    private final Map<AttemptResult, String> rows = Collections.synchronizedMap(new IdentityHashMap<>());

    /** @param row the id of its row */
    public void add(AttemptResult attempt, String row) {
        rows.put(attempt, row);
    }

    /** The id of an attempt's row; empty when it is not written yet. */
    public Optional<String> row(AttemptResult attempt) {
        return Optional.ofNullable(rows.get(attempt));
    }
}
