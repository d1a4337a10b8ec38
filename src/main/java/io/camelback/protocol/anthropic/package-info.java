/**
 * Anthropic's Messages API, {@code anthropic-version: 2023-06-01}: what the client side and the provider side have in
 * common.
 */
package io.camelback.protocol.anthropic;
