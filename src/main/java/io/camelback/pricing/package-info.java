/** Prices and costs in whole micro-dollars. */
package io.camelback.pricing;
