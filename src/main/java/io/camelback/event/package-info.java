/** Events that somebody should know of: published by any package, delivered by routes. */
package io.camelback.event;
