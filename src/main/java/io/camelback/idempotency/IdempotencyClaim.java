package io.camelback.idempotency;

/** The result of claiming an idempotency key. */
public sealed interface IdempotencyClaim {

    /**
     * Nobody runs it and nothing is kept: it is this one's to run, and the key is held until there is a reply or it is
     * let go.
     *
     * @param key as the store knows it
     * @param token tells this claim from any other of the same key
     */
    record Acquired(String key, String token) implements IdempotencyClaim {}

    /** The same request is being run. */
    record InProgress() implements IdempotencyClaim {}

    /** The key was used for another request. */
    record Mismatch() implements IdempotencyClaim {}

    /** It was run, and this is what it was answered. */
    record Answered(StoredReply reply) implements IdempotencyClaim {}
}
