/** The subcommands of {@code bin/camelback}: start, status, top, explain, lint, prices, key and report. */
package io.camelback.cli.command;
