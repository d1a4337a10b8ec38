/** The steps of the provider Kamelets: admission, request, response, quality check and mid-stream failover. */
package io.camelback.camel.kamelet;
