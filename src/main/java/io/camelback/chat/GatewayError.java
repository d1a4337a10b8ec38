package io.camelback.chat;

import java.time.Duration;

/**
 * An error as clients may see it: no upstream text, address or key. Each endpoint writes it in its own API format.
 *
 * @param status the HTTP status
 * @param code a stable word such as {@code model_not_found} or {@code rate_limited}
 * @param param the field at fault; null when none is
 * @param retryAfter when trying again makes sense; null when unknown
 */
public record GatewayError(int status, String code, String message, String param, Duration retryAfter) {

    public static GatewayError of(int status, String code, String message) {
        return new GatewayError(status, code, message, null, null);
    }

    /** A 400 that names the field. */
    public static GatewayError invalid(String param, String message) {
        return new GatewayError(400, "invalid_request", message, param, null);
    }
}
