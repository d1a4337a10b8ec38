/** Who is asked, and why: names resolved to chains, what was tried for a request, and how hard a request is. */
package io.camelback.routing;
