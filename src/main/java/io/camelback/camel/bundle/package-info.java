/** Installs the bundle into a Camel context: configuration, Kamelets, routes, beans and the event route. */
package io.camelback.camel.bundle;
