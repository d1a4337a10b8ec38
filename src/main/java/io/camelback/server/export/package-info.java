/** Log output of the standalone program. */
package io.camelback.server.export;
