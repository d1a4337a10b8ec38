/**
 * Anthropic's Messages API, {@code anthropic-version: 2023-06-01}: how its providers are spoken to and its callers answered
 * (docs/wire-formats.md 1 to 3).
 *
 * <p>A request of another dialect is built from a list of the fields Anthropic knows, since it refuses any other
 * ({@code Extra inputs are not permitted}). A request that came in this dialect is passed through.
 * {@link io.camelback.dialect.anthropic.AnthropicDialect} speaks to providers, and
 * {@link io.camelback.dialect.anthropic.AnthropicDoor} to callers.
 */
package io.camelback.dialect.anthropic;
