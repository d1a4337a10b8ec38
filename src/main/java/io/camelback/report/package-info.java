/** What was asked, what came of it and what it cost, out of the ledger's rows. */
package io.camelback.report;
