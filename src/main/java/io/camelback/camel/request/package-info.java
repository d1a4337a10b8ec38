/** The state of one request on its way through a chain, and of each provider attempt. */
package io.camelback.camel.request;
