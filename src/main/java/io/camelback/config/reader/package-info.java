/**
 * Reads {@code config/camelback.yaml} and {@code config/prices.yaml} into settings. All problems are reported at once,
 * with line, key and fix.
 */
package io.camelback.config.reader;
