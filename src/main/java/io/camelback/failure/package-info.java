/** What went wrong with an attempt, what follows from it, and what the caller is told when nothing is left to try. */
package io.camelback.failure;
