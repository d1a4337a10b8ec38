/** Load-balancing strategies: in which order the deployments of a group are asked. */
package io.camelback.loadbalancer;
