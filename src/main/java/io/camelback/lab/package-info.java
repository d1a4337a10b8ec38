/**
 * Simulated providers that fail on a script, for the demo, for our tests and for anyone's own drills.
 *
 * <p>{@link io.camelback.lab.Lab} starts one simulator per provider. Each plays its dialects over raw sockets, so that every
 * byte-level fault is possible: what is answered is a {@link io.camelback.lab.Completion}, what goes wrong is a
 * {@link io.camelback.lab.Fault} from the {@link io.camelback.lab.Script}, and what came in is a
 * {@link io.camelback.lab.Received}.
 */
package io.camelback.lab;
