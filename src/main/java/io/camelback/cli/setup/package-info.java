/** {@code bin/camelback setup}: leads other programs to this gateway, by their own settings files. */
package io.camelback.cli.setup;
