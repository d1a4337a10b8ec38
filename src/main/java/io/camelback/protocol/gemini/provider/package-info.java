/**
 * {@code generateContent} of Gemini. Bodies are built from a list of known fields, because unknown ones are refused
 * with 400.
 */
package io.camelback.protocol.gemini.provider;
