/** Answers that were given before, for the case that no model can answer. */
package io.camelback.cache;
