/** Whether an answer is good enough to count: pure checks, and how often another model may be asked because of them. */
package io.camelback.quality;
