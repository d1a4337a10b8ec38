/**
 * OpenAI's Chat Completions: what the client side and the provider side have in common. Source:
 * platform.openai.com/docs/api-reference/chat.
 */
package io.camelback.protocol.openai.chat;
