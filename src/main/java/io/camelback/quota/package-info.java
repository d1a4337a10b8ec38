/** Request and token quotas of deployments and client keys, counted for all gateways together. */
package io.camelback.quota;
