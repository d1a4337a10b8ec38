package io.camelback.idempotency;

import java.time.Duration;

/**
 * Stores which gateway runs an idempotent request, and its reply. Thread-safe; whoever shares a store never runs one
 * request twice at once.
 */
public interface ReplyStore {

    /**
     * Asks to run a request.
     *
     * @param key of the request, among all that share the store
     * @param fingerprint the same for the same request
     * @throws RuntimeException when the store cannot be asked: then the request must not be run
     */
    IdempotencyClaim claim(String key, String fingerprint);

    /**
     * Keeps the reply; the key is done. Does not throw: a store that cannot be asked is told later.
     *
     * @param howLong the reply is given again
     */
    void keep(IdempotencyClaim.Acquired claim, StoredReply reply, Duration howLong);

    /** Lets go of the key, so that another try can run the request. Does not throw. */
    void release(IdempotencyClaim.Acquired claim);
}
