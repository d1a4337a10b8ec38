/** Decorators of chat streams: buffering, first token, continuation, stop sequences. */
package io.camelback.stream;
