package io.camelback.chat;

/**
 * An answer that is still being written. Owns its upstream connection: whoever takes the stream closes it, and closing
 * it before its end aborts the upstream call. Used by one thread, except {@link #close()}.
 */
public non-sealed interface ChatStream extends Reply, AutoCloseable {

    /** The model that answers, by the provider's name; may be null before the first chunk. */
    String model();

    /**
     * The next chunk, waiting for it as long as the deployment's timers allow.
     *
     * @return null at the stream's valid end, and ever after
     * @throws RuntimeException a {@code ProviderException} when the stream breaks, stalls or ends without a finish
     *     reason
     */
    StreamChunk next();

    @Override
    void close();

    /**
     * Closes the stream because the gateway itself failed, and not because its caller left: so it is told then.
     *
     * @param fault what was thrown while the stream was passed on
     */
    default void abort(Throwable fault) {
        close();
    }
}
