/**
 * Google's {@code generateContent} and {@code streamGenerateContent?alt=sse} (docs/wire-formats.md 1 to 3), for the
 * provider and for the caller of it: {@link io.camelback.dialect.gemini.GeminiDialect} speaks to Gemini,
 * {@link io.camelback.dialect.gemini.GeminiDoor} to Google's clients.
 *
 * <p>The model stands in the URL path, see {@link io.camelback.dialect.gemini.GeminiDialect#path}, and the body knows neither
 * {@code model} nor {@code stream}. Unknown fields are refused with 400, so bodies are built from a list of known ones.
 * Only what a Gemini caller sent is passed through.
 */
package io.camelback.dialect.gemini;
