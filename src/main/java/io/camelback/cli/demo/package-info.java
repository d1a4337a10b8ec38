/** {@code bin/camelback demo}: the real gateway before simulated providers that fail on a script. */
package io.camelback.cli.demo;
