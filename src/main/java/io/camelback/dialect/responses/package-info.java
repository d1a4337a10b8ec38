/**
 * OpenAI's Responses API: {@link io.camelback.dialect.responses.ResponsesDialect} towards providers,
 * {@link io.camelback.dialect.responses.ResponsesDoor} towards callers. Nothing is kept between requests: the whole
 * conversation is in {@code input}, and what a provider wants back travels in the encrypted content of reasoning items.
 */
package io.camelback.dialect.responses;
