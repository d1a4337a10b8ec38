package io.camelback.upstream;

import java.util.Locale;

/**
 * One server-sent event.
 *
 * @param name null when the event had no {@code event:} line
 * @param data the {@code data:} lines, joined by line feeds; empty only for an event that {@linkplain #isError() is an
 *     error}
 */
public record SseEvent(String name, String data) {
    /**
     * Whether its name says that it is an error, whatever its data is: {@code error}, {@code api_error},
     * {@code exception}.
     */
    public boolean isError() {
        return isError(name);
    }

    static boolean isError(String name) {
        if (name == null) {
            return false;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith("error") || lower.endsWith("exception") || lower.equals("response.failed");
    }
}
