/** Usage reports made of the ledger's rows. */
package io.camelback.report;
