/**
 * Embeddings: the neutral request and answer, and the wire formats. Vectors of different models do not compare, so a
 * request may only go on to another provider with the same model.
 */
package io.camelback.embedding;
