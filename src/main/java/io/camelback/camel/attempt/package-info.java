/** A deployment's turn at a request: its tries, its failures, its usage, its health and its place in the record. */
package io.camelback.camel.attempt;
