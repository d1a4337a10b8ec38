/** The commands of {@code bin/camelback}. */
package io.camelback.cli;
