/** The answers of simulated providers in each wire format, and the HTTP messages around them. */
package io.camelback.simulator.protocol;
