package io.camelback.ledger;

/**
 * The request that a row belongs to.
 *
 * @param requestId as the caller was told it
 * @param clientKey the id of the caller's key; null without keys
 * @param chain the chain or deployment that was asked; null when a chain was called directly
 * @param task the task's type; null when not said
 * @param complexity in tenths, 0 to 100; null for embeddings
 * @param revision the version of the configuration that served it
 */
public record RequestRef(
        String requestId, String clientKey, String chain, String task, Integer complexity, int revision) {
    /** The same in another chain. */
    public RequestRef withChain(String other) {
        return new RequestRef(requestId, clientKey, other, task, complexity, revision);
    }
}
