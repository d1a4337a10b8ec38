/** What happened and what it cost, one row for every request and every attempt, in SQLite or PostgreSQL. */
package io.camelback.ledger;
