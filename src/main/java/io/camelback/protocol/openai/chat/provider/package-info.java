/** Chat Completions of providers, OpenAI and every compatible server: writes requests, reads answers and streams. */
package io.camelback.protocol.openai.chat.provider;
