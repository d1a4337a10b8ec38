/** Budgets, quotas and ledger rows of a request. */
package io.camelback.camel.accounting;
