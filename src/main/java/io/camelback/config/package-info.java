/** The settings of {@code config/camelback.yaml} as validated, immutable records. */
package io.camelback.config;
