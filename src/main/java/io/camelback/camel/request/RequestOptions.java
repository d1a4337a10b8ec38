package io.camelback.camel.request;

import io.camelback.chat.StreamCommitMode;
import java.time.Duration;
import java.util.Map;

/**
 * What the caller asked for beside the request.
 *
 * @param timeout the caller's own deadline; null when none
 * @param forwarded headers that a provider with the caller's API format may see
 * @param hops the gateways that the request has come through, this one included; null when it has not come by HTTP
 * @param noFallback whether only the first deployment may be asked
 * @param commit from when on a streamed answer is one model's; null when the caller did not say it
 */
public record RequestOptions(
        Duration timeout, Map<String, String> forwarded, String hops, boolean noFallback, StreamCommitMode commit) {
    public static final RequestOptions NONE =
            new RequestOptions(null, Map.of(), null, false, StreamCommitMode.FIRST_TOKEN);

    public RequestOptions {
        forwarded = Map.copyOf(forwarded);
    }

    /** The same for a request of which only the first deployment may be asked. */
    public RequestOptions firstOnly() {
        return new RequestOptions(timeout, forwarded, hops, true, commit);
    }

    public RequestOptions commit(StreamCommitMode other) {
        return new RequestOptions(timeout, forwarded, hops, noFallback, other);
    }
}
