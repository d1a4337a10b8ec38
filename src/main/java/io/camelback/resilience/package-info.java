/** How links that are in trouble are spared: tries again, parking, and time. Time and chance are handed in. */
package io.camelback.resilience;
