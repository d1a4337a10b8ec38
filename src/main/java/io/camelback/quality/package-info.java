/** Checks whether an answer is good enough to count, and how often another model may be asked because of them. */
package io.camelback.quality;
