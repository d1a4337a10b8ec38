/** HTTP calls to providers that can be watched and aborted, and the SSE reader. Independent of Camel. */
package io.camelback.upstream;
