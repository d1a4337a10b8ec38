/** Converts the bodies of {@code direct:} routes to requests and back. */
package io.camelback.camel.convert;
