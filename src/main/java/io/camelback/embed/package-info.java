/**
 * Embeddings: texts in, vectors out. Pure functions between bytes on the wire and {@link io.camelback.embed.EmbedRequest} and
 * {@link io.camelback.embed.EmbedAnswer}.
 *
 * <p>Callers speak OpenAI's dialect; providers speak it, too, or Gemini's. Vectors of different models do not compare, so a
 * request may go on to another provider only with the same model.
 */
package io.camelback.embed;
