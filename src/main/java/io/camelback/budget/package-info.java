/** Spend limits in whole micro-dollars: reserved before an attempt, settled after it, kept in the ledger. */
package io.camelback.budget;
