/**
 * Reloads the bundle when its files change and reports its health. A bad edit leaves the previous revision in service.
 */
package io.camelback.server.reload;
