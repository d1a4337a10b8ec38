/** {@code generateContent} for clients: reads their requests, writes their answers, streams and errors. */
package io.camelback.protocol.gemini.client;
