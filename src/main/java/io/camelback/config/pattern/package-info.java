/** Regular expressions of the configuration, with bounds on their size and running time. */
package io.camelback.config.pattern;
