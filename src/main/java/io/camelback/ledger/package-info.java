/**
 * Usage rows in SQLite or PostgreSQL: one for every request and every attempt. Idempotency records and cached answers
 * are kept beside them.
 */
package io.camelback.ledger;
