package io.camelback.camel.request;

import io.camelback.chat.StreamCommitMode;
import io.camelback.protocol.InvalidRequestException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Message;

/** Reads what a caller says in headers beside the request: over HTTP, and in a message to {@code direct:chat}. */
public final class RequestHints {
    private RequestHints() {}

    /**
     * @param forwarded headers that a provider of the caller's own dialect may see
     * @param hops through which gateways it has come; null when it has not come by HTTP
     * @throws InvalidRequestException that names the header, when its value is none it can have
     */
    public static RequestOptions of(Message in, Map<String, String> forwarded, String hops) {
        return new RequestOptions(
                timeout(in.getHeader("x-camelback-timeout-ms", String.class)),
                forwarded,
                hops,
                noFallback(in.getHeader("x-camelback-no-fallback", "false", String.class)
                        .trim()),
                commit(in.getHeader("x-camelback-commit", String.class)));
    }

    private static Duration timeout(String said) {
        if (said == null) {
            return null;
        }
        try {
            Duration limit = Duration.ofMillis(Long.parseLong(said.trim()));
            if (!limit.isNegative() && !limit.isZero()) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw badTimeout();
        }
        throw badTimeout();
    }

    private static InvalidRequestException badTimeout() {
        return new InvalidRequestException(
                "x-camelback-timeout-ms",
                "The header x-camelback-timeout-ms must be a whole number of milliseconds above 0.");
    }

    /** What the caller says; null when nothing. */
    private static StreamCommitMode commit(String said) {
        return said == null
                ? null
                : StreamCommitMode.of(said.trim().toLowerCase(Locale.ROOT))
                        .orElseThrow(() -> new InvalidRequestException(
                                "x-camelback-commit",
                                "The header x-camelback-commit must be one of "
                                        + String.join(", ", StreamCommitMode.WORDS) + "."));
    }

    private static boolean noFallback(String said) {
        if (!said.equalsIgnoreCase("true") && !said.equalsIgnoreCase("false")) {
            throw new InvalidRequestException(
                    "x-camelback-no-fallback", "The header x-camelback-no-fallback must be true or false.");
        }
        return Boolean.parseBoolean(said);
    }

    /** What the caller says about the task, by header; the same may stand in the body's {@code metadata}. */
    public static Map<String, String> labels(Message in) {
        Map<String, String> labels = new HashMap<>();
        putIfSaid(labels, "task_type", in.getHeader("x-camelback-task", String.class));
        putIfSaid(labels, "affected_files", in.getHeader("x-camelback-files", String.class));
        return labels;
    }

    private static void putIfSaid(Map<String, String> labels, String name, String value) {
        if (value != null && !value.isBlank()) {
            labels.put(name, value.trim());
        }
    }
}
