/**
 * Static checks of configuration, routes and Kamelets, read as text. Pure: files in, findings out. Camel itself is not
 * asked here; what it would refuse is added by the caller.
 */
package io.camelback.lint;
