/**
 * The Messages API of providers. Requests of other formats are built from a list of known fields, because unknown ones
 * are refused; requests of the same format are passed through.
 */
package io.camelback.protocol.anthropic.provider;
