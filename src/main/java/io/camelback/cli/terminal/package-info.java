/** Tables, colours and raw mode of the terminal. */
package io.camelback.cli.terminal;
