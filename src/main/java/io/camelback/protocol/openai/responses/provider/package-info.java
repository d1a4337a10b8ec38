/** The Responses API of providers: writes requests, reads answers and streams. */
package io.camelback.protocol.openai.responses.provider;
