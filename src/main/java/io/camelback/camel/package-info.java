/**
 * The bundle inside Apache Camel: the processors that the routes and Kamelets name, and what brings them into a context.
 * The only package beside {@code cli} that knows Camel.
 */
package io.camelback.camel;
