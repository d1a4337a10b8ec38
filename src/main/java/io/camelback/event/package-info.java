/** What happened that somebody should know of: told by any package, delivered by routes. */
package io.camelback.event;
