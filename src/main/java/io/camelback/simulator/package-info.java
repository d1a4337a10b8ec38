/**
 * Simulated providers that fail on a script, for the demo, the tests and drills. They use raw sockets, so that every
 * byte-level fault is possible.
 */
package io.camelback.simulator;
