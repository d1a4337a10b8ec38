package io.camelback.chat;

/**
 * Why the model stopped.
 *
 * @param raw          the provider's own word; null when it gave none
 * @param stopSequence the stop text that was met, where the dialect tells; null otherwise
 */
public record Finish(Reason reason, String raw, String stopSequence) {
    /** {@code OTHER} is a word we do not know: it is passed on as a plain stop with {@code raw} kept. */
    public enum Reason { STOP, LENGTH, TOOL_CALLS, CONTENT_FILTER, OTHER }

    public static final Finish STOP = new Finish(Reason.STOP, null, null);

    public static Finish of(Reason reason, String raw) {
        return new Finish(reason, raw, null);
    }
}
