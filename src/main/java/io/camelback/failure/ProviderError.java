package io.camelback.failure;

import java.time.Duration;
import java.util.List;

/**
 * A provider's error response in one form. For deciding only: nothing of it reaches a caller as it stands,
 * {@code message} reaches no log, and the ledger only as {@link MessageRedactor} leaves it.
 *
 * @param type e.g. {@code rate_limit_error}; null when not said
 * @param code e.g. {@code rate_limit_exceeded}; a number is kept as its digits; null when not said
 * @param param the field at fault; null when not said
 * @param message at most 8,192 characters; null when there is none
 * @param status Google's word, e.g. {@code RESOURCE_EXHAUSTED}; null when not said
 * @param retryDelay the wait of Google's {@code RetryInfo}, as said; null when there is none
 * @param reasons the finer words: Google's {@code ErrorInfo} reason and {@code QuotaFailure} quota ids, Anthropic's
 *     {@code details.error_code}, Azure's {@code innererror.code}; in the order they came
 */
public record ProviderError(
        String type,
        String code,
        String param,
        String message,
        String status,
        Duration retryDelay,
        List<String> reasons) {

    /** Nothing is known: no body, an HTML page, broken JSON. */
    public static final ProviderError EMPTY = new ProviderError(null, null, null, null, null, null, List.of());

    public ProviderError {
        reasons = List.copyOf(reasons);
    }

    /** Whether the body said nothing that could be understood. */
    public boolean isEmpty() {
        return equals(EMPTY);
    }

    /** The message; empty when there is none. */
    String text() {
        return message == null ? "" : message;
    }
}
