/**
 * Google's {@code generateContent} and {@code streamGenerateContent?alt=sse} (WIRE.md 1 to 3), the provider's side.
 *
 * <p>The model stands in the URL path, see {@link io.camelback.dialect.gemini.GeminiDialect#path}, and the body knows neither
 * {@code model} nor {@code stream}. Unknown fields are refused with 400, so bodies are built from a list of known ones.
 * The door for Gemini clients belongs here, too: its requests carry an original of dialect {@code gemini}, which
 * {@link io.camelback.dialect.gemini.GeminiDialect} already passes through.
 */
package io.camelback.dialect.gemini;
