/**
 * OpenAI's Chat Completions, as the provider and as the caller of it, for OpenAI itself and for every compatible server.
 *
 * <p>{@link io.camelback.dialect.openai.OpenAiDialect} speaks to providers, {@link io.camelback.dialect.openai.OpenAiDoor} to
 * callers. Source: platform.openai.com/docs/api-reference/chat; what the compatible servers do otherwise: docs/wire-formats.md
 * 3.3 and 5.
 */
package io.camelback.dialect.openai;
