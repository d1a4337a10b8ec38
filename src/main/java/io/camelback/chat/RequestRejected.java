package io.camelback.chat;

/**
 * The request itself is invalid, so no other link is tried.
 *
 * @param error status 400 to 422 and what is wrong with which field
 */
public record RequestRejected(GatewayError error) implements Reply {}
