/** Estimates of token counts. */
package io.camelback.tokens;
