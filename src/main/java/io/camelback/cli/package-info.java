/** The root command of {@code bin/camelback}. */
package io.camelback.cli;
