/** The standalone program: camel-main with the HTTP server and the management port. */
package io.camelback.server;
