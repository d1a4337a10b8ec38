/**
 * What can be proved of a bundle before any traffic: its configuration, its routes and its Kamelets, read as texts. Pure: files
 * in, findings out. Camel itself is not asked here; what it would refuse is added by the caller.
 */
package io.camelback.lint;
