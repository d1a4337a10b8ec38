/** Threads. */
package io.camelback.concurrent;
