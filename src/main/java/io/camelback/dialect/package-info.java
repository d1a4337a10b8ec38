/**
 * The dialects of the providers and of the callers: pure functions between bytes on the wire and {@link io.camelback.chat}.
 *
 * <p>{@link io.camelback.dialect.Dialect} is the provider's side, {@link io.camelback.dialect.Door} the caller's. A new
 * dialect is a package beside {@code openai}, {@code anthropic} and {@code gemini}, and an entry in {@link io.camelback.dialect.Dialects}.
 */
package io.camelback.dialect;
