/** Circuit breakers, cooldowns, retries, deadlines and in-flight limits. Clock and randomness are handed in. */
package io.camelback.resilience;
