/** The Responses API for clients: reads their requests, writes their answers, streams and errors. */
package io.camelback.protocol.openai.responses.client;
