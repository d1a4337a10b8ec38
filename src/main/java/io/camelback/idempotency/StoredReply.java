package io.camelback.idempotency;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A stored reply, to be sent again.
 *
 * @param requestId the id of the request that was run
 * @param at when it was answered
 * @param type the body's media type
 * @param headers those that say something of the answer
 * @param body its bytes; null when there were too many to keep
 */
public record StoredReply(
        String requestId, Instant at, int status, String type, Map<String, String> headers, byte[] body) {
    /** Client errors that another try may not meet again. */
    private static final Set<Integer> PASSING = Set.of(401, 402, 403, 408, 409, 425, 429, 499);

    public StoredReply {
        headers = Map.copyOf(headers);
    }

    /**
     * Whether a reply with this status is the last word on its request: a success, or an error that is the request's
     * own fault. After any other the same key runs the request anew.
     */
    public static boolean isFinal(int status) {
        return status >= 200 && status < 300 || status >= 400 && status < 500 && !PASSING.contains(status);
    }

    /** The same without its body. */
    public StoredReply withoutBody() {
        return new StoredReply(requestId, at, status, type, headers, null);
    }

    /** Whether there is a body to send again. */
    public boolean whole() {
        return body != null;
    }

    /** About what it takes in memory, in bytes. */
    int weight() {
        return 1024 + (body == null ? 0 : body.length);
    }
}
