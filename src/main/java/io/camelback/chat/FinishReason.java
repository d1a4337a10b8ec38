package io.camelback.chat;

/**
 * Why the model stopped.
 *
 * @param raw the provider's own word; null when it gave none
 * @param stopSequence the stop text that was met, where the dialect tells; null otherwise
 */
public record FinishReason(Kind reason, String raw, String stopSequence) {
    /** {@code OTHER} is a word we do not know: it is passed on as a plain stop with {@code raw} kept. */
    public enum Kind {
        STOP,
        LENGTH,
        TOOL_CALLS,
        CONTENT_FILTER,
        OTHER
    }

    public static final FinishReason STOP = new FinishReason(Kind.STOP, null, null);

    public static FinishReason of(Kind reason, String raw) {
        return new FinishReason(reason, raw, null);
    }
}
