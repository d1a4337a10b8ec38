/** Filters, limits and timeouts of the inbound HTTP server, on Vert.x. */
package io.camelback.server.http;
