/** Answers while they are being written: a provider's events as chunks, the peek before the first token, an answer as a stream. */
package io.camelback.stream;
