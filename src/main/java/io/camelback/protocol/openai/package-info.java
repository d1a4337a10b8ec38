/** What OpenAI's two API formats have in common. */
package io.camelback.protocol.openai;
