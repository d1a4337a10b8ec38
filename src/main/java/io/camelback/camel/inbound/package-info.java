/** The HTTP endpoints: authentication, idempotency, requests in and responses out, SSE included. */
package io.camelback.camel.inbound;
