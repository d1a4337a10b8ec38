/** HTTP as streams need it: server-sent events, and upstream calls that can be watched and aborted. Knows nothing of Camel. */
package io.camelback.http;
