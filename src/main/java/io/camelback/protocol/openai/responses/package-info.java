/**
 * OpenAI's Responses API: what the client side and the provider side have in common. Nothing is stored between
 * requests.
 */
package io.camelback.protocol.openai.responses;
