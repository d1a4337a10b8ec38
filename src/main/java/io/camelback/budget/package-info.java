/** Money: exact, in whole micro-dollars; what may be spent, put aside before it is and settled afterwards, in the ledger. */
package io.camelback.budget;
