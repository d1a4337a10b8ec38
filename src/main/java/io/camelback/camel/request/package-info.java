/** One request on its way through a chain: what the caller wants, how it goes on, and what came of it so far. */
package io.camelback.camel.request;
