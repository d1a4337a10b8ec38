package io.camelback.chat;

/**
 * The request itself is at fault, so no other link is asked and the caller is told.
 *
 * @param error status 400 to 422 and what is wrong with which field
 */
public record RequestRejected(GatewayError error) implements Reply {}
