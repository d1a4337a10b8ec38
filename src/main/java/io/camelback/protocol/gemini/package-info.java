/** Google's {@code generateContent}: what the client side and the provider side have in common. */
package io.camelback.protocol.gemini;
