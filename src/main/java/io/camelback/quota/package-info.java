/** Quotas: how many requests and tokens a deployment or a key's owner may have in a time, counted for all gateways together. */
package io.camelback.quota;
