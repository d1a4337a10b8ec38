/** Requests with an {@code Idempotency-Key}: run once, answered as often as they are sent. Independent of HTTP. */
package io.camelback.idempotency;
