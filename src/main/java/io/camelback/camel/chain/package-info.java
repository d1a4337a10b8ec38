/** Chains: topology, planning, load balancing, circuit breakers, classification and escalation. */
package io.camelback.camel.chain;
