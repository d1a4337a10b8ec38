/** Requests that are run once, however often they are sent: who may run one, and what it was answered. Knows nothing of HTTP. */
package io.camelback.idempotency;
