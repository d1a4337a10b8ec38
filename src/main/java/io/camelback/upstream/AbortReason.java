package io.camelback.upstream;

/** Why an {@link UpstreamCall} was aborted. */
public enum AbortReason {
    CANCELLED,
    CONNECT,
    TLS,
    HEADERS,
    FIRST_TOKEN,
    IDLE,
    TOTAL,
    /** The attempt's share of the request's time is over; the rest is reserved for later fallbacks. */
    SHARE,
    /** The chain's deadline has passed. */
    DEADLINE,
    CLIENT_DEADLINE,
    /** The gateway is being stopped, and the time for requests to finish is over. */
    SHUTTING_DOWN
}
