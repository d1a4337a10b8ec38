/**
 * The graph of chains: which route leads to which, and to which deployments. Routes of any notation are read into it.
 */
package io.camelback.routing.graph;
