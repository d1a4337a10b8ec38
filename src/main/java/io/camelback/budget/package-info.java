/** Money and counts: exact, in whole micro-dollars. */
package io.camelback.budget;
