package io.camelback.config;

/**
 * What a model costs, in micro-dollars per million tokens (4 dollars are 4,000,000). A part that is null is unknown.
 *
 * @param input      tokens read
 * @param output     tokens written, reasoning included
 * @param cached     tokens read from the provider's prompt cache
 * @param cacheWrite tokens written into it
 */
public record Price(Long input, Long output, Long cached, Long cacheWrite) {
    public static final Price UNKNOWN = new Price(null, null, null, null);
}
